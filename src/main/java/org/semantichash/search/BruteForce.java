// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.semantichash.hash.BinaryCode;

/** Compares a code with every code of a list: the plain truth that faster ways are held against. */
public final class BruteForce {

  private static final Comparator<Neighbor> NEAREST_FIRST =
      Comparator.comparingInt(Neighbor::distance).thenComparingInt(Neighbor::index);

  private BruteForce() {}

  /** The k nearest codes, nearest first, ties by their position. */
  public static List<Neighbor> topK(BinaryCode query, List<BinaryCode> codes, int k) {
    List<Neighbor> all = radius(query, codes, query.bits());
    return List.copyOf(all.subList(0, Math.min(k, all.size())));
  }

  /** All codes within a distance, nearest first, ties by their position. */
  public static List<Neighbor> radius(BinaryCode query, List<BinaryCode> codes, int maxDistance) {
    List<Neighbor> neighbors = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      int distance = query.distance(codes.get(i));
      if (distance <= maxDistance) {
        neighbors.add(new Neighbor(i, distance));
      }
    }
    neighbors.sort(NEAREST_FIRST);
    return neighbors;
  }
}
