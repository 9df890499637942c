// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.List;

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
}
