// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

/**
 * What codes and exact cosine find for one query.
 *
 * @param codes the matches by Hamming distance
 * @param cosine the matches by exact cosine
 * @param neighbours the recall of the nearest by cosine
 */
record QueryComparison(TopKMatches codes, TopKMatches cosine, NeighbourRecall neighbours) {

  /**
   * Compares the two rankings.
   *
   * @param database the codes that are searched
   * @param query the words of the query's code
   * @param ranking of the same documents, at least the first k and those neighbours that count
   * @param matching the documents that match
   * @param k how many of the nearest count
   */
  static QueryComparison of(
      PackedCodes database, long[] query, CosineRanking ranking, DocumentSet matching, int k) {
    DistanceCounts counts = database.count(query, matching);
    return new QueryComparison(
        counts.top(k, matching.size()),
        ranking.top(k, matching),
        NeighbourRecall.of(
            ranking.above0(NeighbourRecall.MOST),
            document -> database.distance(document, query),
            counts));
  }
}
