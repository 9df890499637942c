/**
 * The near-duplicates of an index: every pair of documents whose codes are within a distance, in
 * groups.
 */
package org.semantichash.plugin.duplicates;
