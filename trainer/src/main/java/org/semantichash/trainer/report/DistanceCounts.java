// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

/**
 * How many documents are at each Hamming distance of a query. Documents at one distance are tied:
 * their order is taken to be random, each order as likely as the others.
 */
final class DistanceCounts {

  private final int[] counts;

  /**
   * Counts that are not copied.
   *
   * @param counts at 2d the documents at distance d that do not match, at 2d + 1 those that do
   */
  DistanceCounts(int[] counts) {
    this.counts = counts;
  }

  private int documents(int distance) {
    return counts[2 * distance] + counts[2 * distance + 1];
  }

  /** The matches among the k nearest documents. */
  TopKMatches top(int k, int relevant) {
    TopKMatches top = new TopKMatches(k, relevant);
    for (int d = 0; d < counts.length / 2 && top.isFull() == false; d++) {
      top.add(documents(d), counts[2 * d + 1]);
    }
    return top;
  }

  /** For each distance the probability that a document at it is among the nearest so many. */
  double[] probabilityAmong(int nearest) {
    double[] probability = new double[counts.length / 2];
    int room = nearest;
    for (int d = 0; d < probability.length && room > 0; d++) {
      int documents = documents(d);
      probability[d] = documents <= room ? 1 : (double) room / documents;
      room -= Math.min(room, documents);
    }
    return probability;
  }
}
