/** Near-duplicates on real clusters, compared with brute force. */
package org.semantichash.it.duplicates;
