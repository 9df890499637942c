// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.List;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;

/**
 * Matches among the k nearest documents of one query, counted group by group of equal distance,
 * from the nearest on. Of the group that holds the k-th place as many count as there is room for:
 * in proportion, at worst and at best.
 */
final class TopKMatches {

  private final AveragePrecision averagePrecision;
  private int room;
  private double expected;
  private int worst;
  private int best;

  /**
   * No document yet.
   *
   * @param k how many of the nearest count
   * @param relevant the matches in the whole database
   */
  TopKMatches(int k, int relevant) {
    this.room = k;
    this.averagePrecision = new AveragePrecision(k, relevant);
  }

  boolean isFull() {
    return room == 0;
  }

  /** The next group: its documents, and how many of them match. */
  void add(int documents, int matches) {
    assert 0 <= matches && matches <= documents : matches + " of " + documents;
    int taken = Math.min(room, documents);
    if (taken > 0) {
      averagePrecision.add(documents, matches);
      expected += (double) matches * taken / documents;
      worst += Math.max(0, taken - (documents - matches));
      best += Math.min(taken, matches);
      room -= taken;
    }
  }

  /** The mean over queries, each with the same k; 0 without queries. */
  static RetrievalScore mean(List<TopKMatches> queries, int k) {
    int divisor = Math.max(1, queries.size());
    double places = (double) divisor * k;
    return new RetrievalScore(
        queries.stream().mapToDouble(q -> q.expected).sum() / places,
        queries.stream().mapToDouble(q -> q.worst).sum() / places,
        queries.stream().mapToDouble(q -> q.best).sum() / places,
        queries.stream().mapToDouble(q -> q.averagePrecision.value()).sum() / divisor,
        queries.size());
  }

  /**
   * Average precision at k of one query,
   *
   * <pre>AP@k = 1 / min(k, R) * sum over the ranks r = 1..k of rel(r) * precision(r)</pre>
   *
   * <p>where R is the number of relevant documents in the whole database, rel(r) is 1 when the
   * document at rank r is relevant, else 0, and precision(r) is the share of relevant documents
   * among the first r. It is 0 when R is 0.
   *
   * <p>Documents come in groups of equal distance, and the value is the exact expectation over all
   * orders within the groups. In a group of n documents of which m are relevant, after p documents
   * of which q are, place j is relevant with probability m / n, and then on average (j - 1)(m - 1)
   * / (n - 1) of the j - 1 places before it in the group are relevant too; so it adds
   *
   * <pre>m / n * (q + 1 + (j - 1)(m - 1) / (n - 1)) / (p + j)</pre>
   */
  static final class AveragePrecision {

    private final int k;
    private final int relevant;
    private int documents;
    private int matches;
    private double sum;

    /**
     * No document yet.
     *
     * @param k how many ranks count
     * @param relevant R, the relevant documents in the database
     */
    AveragePrecision(int k, int relevant) {
      this.k = k;
      this.relevant = relevant;
    }

    /** The next group of equal distance: its documents n, and how many of them match, m. */
    void add(int n, int m) {
      if (m > 0) {
        double others = n == 1 ? 0 : (m - 1.0) / (n - 1.0);
        double share = (double) m / n;
        int places = Math.min(n, k - documents);
        for (int j = 1; j <= places; j++) {
          sum += share * (matches + 1 + (j - 1) * others) / (documents + j);
        }
      }
      documents = Math.min(k, documents + n);
      matches += m;
    }

    /** AP@k, between 0 and 1. */
    double value() {
      return relevant == 0 ? 0 : sum / Math.min(k, relevant);
    }
  }
}
