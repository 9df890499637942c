/** Measures how near-duplicates are found. */
package org.semantichash.it.duplicates;
