// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.semantichash.plugin.duplicates.DuplicatesTestCase.Coded;

/** Every document compared with every other; the groups are the components of the pairs. */
final class BruteForceDuplicates {

  private final Map<Integer, Long> distances = new TreeMap<>();
  private final List<List<Coded>> components = new ArrayList<>();

  BruteForceDuplicates(List<Coded> documents, int maxDistance) {
    int[] parent = new int[documents.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    for (int i = 0; i < parent.length; i++) {
      for (int j = 0; j < i; j++) {
        int distance = documents.get(i).code().distance(documents.get(j).code());
        if (distance <= maxDistance) {
          distances.merge(distance, 1L, Long::sum);
          parent[root(parent, i)] = root(parent, j);
        }
      }
    }
    Map<Integer, List<Coded>> byRoot = new LinkedHashMap<>();
    for (int i = 0; i < parent.length; i++) {
      byRoot.computeIfAbsent(root(parent, i), root -> new ArrayList<>()).add(documents.get(i));
    }
    byRoot.values().stream().filter(group -> group.size() > 1).forEach(components::add);
    components.forEach(group -> group.sort(byId()));
    components.sort(
        Comparator.<List<Coded>>comparingInt(group -> -group.size())
            .thenComparing(group -> group.get(0), byId()));
  }

  private static int root(int[] parent, int of) {
    int root = of;
    while (parent[root] != root) {
      root = parent[root];
    }
    return root;
  }

  static Comparator<Coded> byId() {
    return Comparator.comparing(Coded::id).thenComparing(Coded::index);
  }

  /** How many pairs have each distance. */
  Map<Integer, Long> distances() {
    return distances;
  }

  /** The largest first, among equals that with the lowest id; each by id. */
  List<List<Coded>> components() {
    return components;
  }
}
