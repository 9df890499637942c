// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The doc values of a segment in, the same codes in memory out: one array per 64 bits of the codes,
 * so that a scan runs at the speed of memory. Never needed for a correct result.
 *
 * <p>Start with {@link org.semantichash.search.columns.WordColumns} and {@link
 * org.semantichash.search.columns.CodeScan}; {@link org.semantichash.search.columns.ColumnCache}
 * keeps columns as long as their segments, within the limits of {@code ColumnMemory}. Where codes
 * come in clusters, {@code ClusterBuilder} finds them, and {@link
 * org.semantichash.search.columns.CodeClusters} says which of them a search need not read.
 */
package org.semantichash.search.columns;
