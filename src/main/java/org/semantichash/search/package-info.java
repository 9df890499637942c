// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Doc values to scores: {@link org.semantichash.search.HammingQuery} ranks documents by the Hamming
 * distance of their codes, or matches exactly those within a radius. Every result is exact.
 *
 * <p>The distance of each document is counted by {@code CodeDistance}, from the stored bytes in
 * place. A collector that needs only the best hits lowers the largest distance worth collecting
 * through the table of {@code DistanceScorer.Scores} while it collects.
 *
 * <p>{@link org.semantichash.search.NearestHammingQuery} finds the k nearest codes of a whole index
 * before anything is collected. Both use, segment by segment, the cheapest of the ways in {@link
 * org.semantichash.search.SearchPath}, by the rule of {@code SearchTuning.Costs}.
 */
package org.semantichash.search;
