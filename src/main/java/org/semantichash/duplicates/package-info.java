/**
 * Near-duplicates: all pairs of codes within a Hamming distance, found without comparing all with
 * all, and groups of them.
 */
package org.semantichash.duplicates;
