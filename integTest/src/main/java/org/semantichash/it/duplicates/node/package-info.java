/** Measures near-duplicates, and the hashing of an index, on a real node. */
package org.semantichash.it.duplicates.node;
