// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.oracle;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.semantichash.hash.BinaryCode;
import org.semantichash.search.HammingSimilarity;

/**
 * Compares a hit list with brute force.
 *
 * <p>Documents at the same distance may come in any order, and any of those at the last distance
 * may be cut off; everything else is determined: the total, the number of hits, the sequence of
 * distances, and each hit's own distance, which the score must give back.
 */
public final class HitCheck {

  private HitCheck() {}

  /**
   * Checks the hits of a query without a filter, or of one that leaves only the table's documents.
   *
   * @param table the documents that may match
   * @param maxDistance the radius in bits
   * @param size how many hits were asked for
   * @throws IllegalStateException naming the first difference
   */
  public static void check(
      Hits hits, CodeTable table, BinaryCode query, int maxDistance, int size) {
    Map<String, Integer> expected = table.within(query, maxDistance);
    require(expected.size(), hits.total(), "total");
    List<Integer> sorted = expected.values().stream().sorted().limit(size).toList();
    require(sorted.size(), hits.hits().size(), "number of hits");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < sorted.size(); i++) {
      Hits.Hit hit = hits.hits().get(i);
      if (seen.add(hit.id()) == false) {
        throw new IllegalStateException("document [" + hit.id() + "] came twice");
      }
      Integer distance = expected.get(hit.id());
      if (distance == null) {
        throw new IllegalStateException("document [" + hit.id() + "] must not match");
      }
      require(sorted.get(i), distance, "distance of hit [" + i + "]");
      float score = HammingSimilarity.score(query.bits(), distance);
      if (score != hit.score()) {
        throw new IllegalStateException(
            "score of hit [" + i + "] must be [" + score + "], got [" + hit.score() + "]");
      }
    }
  }

  private static void require(long expected, long actual, String what) {
    if (expected != actual) {
      throw new IllegalStateException(what + " must be [" + expected + "], got [" + actual + "]");
    }
  }
}
