// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.semantichash.trainer.evaluation.HammingCounter.DistanceCounts;

/**
 * How many of the exact TF-IDF neighbours the codes find, labels or not: the share of a query's 10
 * and 100 nearest documents by exact cosine that are among its 100 nearest by Hamming distance, the
 * mean over the queries. Of equal cosines the document with the lower index is nearer. Only
 * documents with a cosine above 0 are neighbours; a query with fewer than 10 or 100 has those it
 * has, and one without any is left out. Documents at one Hamming distance count in expectation over
 * their orders.
 *
 * @param of10 the share of the 10 nearest
 * @param of100 the share of the 100 nearest
 * @param queries the number of queries that have a neighbour
 */
public record NeighbourRecall(double of10, double of100, int queries) {

  /** How many of the nearest by Hamming distance are looked at. */
  public static final int AT = 100;

  /** The most neighbours that are looked for. */
  static final int MOST = 100;

  private static final int FEW = 10;

  /**
   * The recall of one query.
   *
   * @param neighbours the nearest by cosine, the nearest first, at most {@link #MOST}
   * @param distance the Hamming distance of a document
   * @param counts of the same query
   */
  static NeighbourRecall of(int[] neighbours, IntUnaryOperator distance, DistanceCounts counts) {
    double[] probability = counts.probabilityAmong(AT);
    double found = 0;
    double foundOfFew = 0;
    for (int i = 0; i < neighbours.length; i++) {
      double found1 = probability[distance.applyAsInt(neighbours[i])];
      found += found1;
      foundOfFew += i < FEW ? found1 : 0;
    }
    int n = neighbours.length;
    return n == 0
        ? new NeighbourRecall(0, 0, 0)
        : new NeighbourRecall(foundOfFew / Math.min(FEW, n), found / n, 1);
  }

  /** The mean over queries; 0 when none has a neighbour. */
  static NeighbourRecall mean(List<NeighbourRecall> each) {
    int queries = each.stream().mapToInt(NeighbourRecall::queries).sum();
    return new NeighbourRecall(
        mean(each, NeighbourRecall::of10, queries),
        mean(each, NeighbourRecall::of100, queries),
        queries);
  }

  private static double mean(
      List<NeighbourRecall> each, ToDoubleFunction<NeighbourRecall> value, int queries) {
    return each.stream().mapToDouble(value).sum() / Math.max(1, queries);
  }
}
