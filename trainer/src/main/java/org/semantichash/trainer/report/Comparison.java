// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

/**
 * Codes beside exact TF-IDF cosine, for the same queries and documents.
 *
 * @param codes the ranking by Hamming distance
 * @param cosine the ranking by exact cosine
 * @param neighbours how many of the nearest by cosine are among the nearest by Hamming distance
 */
public record Comparison(RetrievalScore codes, RetrievalScore cosine, NeighbourRecall neighbours) {}
