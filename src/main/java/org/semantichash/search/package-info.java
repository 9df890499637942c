// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Doc values in, hits out. {@link org.semantichash.search.HammingQuery} ranks documents by the
 * Hamming distance of their codes, or matches exactly those within a radius; {@link
 * org.semantichash.search.NearestHammingQuery} finds the k nearest codes of a whole index before
 * anything is collected. Every result is exact.
 *
 * <p>Start with {@code HammingQuery}: its weight and its choice among the ways of {@link
 * org.semantichash.search.SearchPath}, by the costs of {@code SearchTuning}, are nested in it. Each
 * way has its scorer: {@code ColumnScanScorer} (with clusters and without), {@code
 * ColumnLookupScorer}, {@code DocValuesScorer}, and {@code ChunkLookup} (multi-index hashing) with
 * {@code FoundCodes}.
 */
package org.semantichash.search;
