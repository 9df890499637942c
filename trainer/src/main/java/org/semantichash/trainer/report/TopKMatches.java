/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.report;

import java.util.List;

/**
 * Matches among the k nearest documents of one query, counted group by group of equal distance,
 * from the nearest on. Of the group that holds the k-th place as many count as there is room for:
 * in proportion, at worst and at best.
 */
final class TopKMatches {

  private int room;
  private double expected;
  private int worst;
  private int best;

  TopKMatches(int k) {
    this.room = k;
  }

  boolean isFull() {
    return room == 0;
  }

  /** The next group: its documents, and how many of them match. */
  void add(int documents, int matches) {
    int taken = Math.min(room, documents);
    if (taken > 0) {
      expected += (double) matches * taken / documents;
      worst += Math.max(0, taken - (documents - matches));
      best += Math.min(taken, matches);
      room -= taken;
    }
  }

  /** The mean over queries, each with the same k. */
  static RetrievalScore mean(List<TopKMatches> queries, int k) {
    double divisor = Math.max(1, queries.size()) * (double) k;
    return new RetrievalScore(
        queries.stream().mapToDouble(q -> q.expected).sum() / divisor,
        queries.stream().mapToDouble(q -> q.worst).sum() / divisor,
        queries.stream().mapToDouble(q -> q.best).sum() / divisor,
        queries.size());
  }
}
