// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.duplicates;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Random codes of 64 bits by id, some of them a few bits away from others; and what is near. */
final class PlantedCodes {

  static final int BITS = 64;

  private final Map<String, Long> codes = new LinkedHashMap<>();

  PlantedCodes(int count, double planted, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] all = new long[count];
    for (int i = 0; i < count; i++) {
      all[i] = random.nextLong();
      if (i > 0 && random.nextDouble() < planted) {
        all[i] = all[random.nextInt(i)];
        for (int flips = random.nextInt(4); flips > 0; flips--) {
          all[i] ^= 1L << random.nextInt(BITS);
        }
      }
      codes.put("d" + i, all[i]);
    }
  }

  Map<String, Long> all() {
    return codes;
  }

  static String hex(long code) {
    return HexFormat.of().toHexDigits(code);
  }

  void remove(List<String> ids) {
    codes.keySet().removeAll(ids);
  }

  int distance(String one, String other) {
    return Long.bitCount(codes.get(one) ^ codes.get(other));
  }

  /** How many pairs have each distance, by comparing all with all. */
  Map<Integer, Long> distances(int max) {
    Map<Integer, Long> distances = new TreeMap<>();
    pairs(max, (i, j, distance) -> distances.merge(distance, 1L, Long::sum));
    return distances;
  }

  /** The ids of the components of the pairs, each sorted. */
  List<List<String>> components(int max) {
    int[] parent = new int[codes.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    pairs(max, (i, j, distance) -> parent[root(parent, i)] = root(parent, j));
    List<String> ids = new ArrayList<>(codes.keySet());
    Map<Integer, TreeSet<String>> groups = new TreeMap<>();
    for (int i = 0; i < parent.length; i++) {
      groups.computeIfAbsent(root(parent, i), root -> new TreeSet<>()).add(ids.get(i));
    }
    return groups.values().stream()
        .filter(group -> group.size() > 1)
        .map(group -> (List<String>) new ArrayList<>(group))
        .toList();
  }

  private static int root(int[] parent, int of) {
    int root = of;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  private interface Pair {
    void accept(int one, int other, int distance);
  }

  private void pairs(int max, Pair pair) {
    long[] all = codes.values().stream().mapToLong(Long::longValue).toArray();
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j < i; j++) {
        int distance = Long.bitCount(all[i] ^ all[j]);
        if (distance <= max) {
          pair.accept(i, j, distance);
        }
      }
    }
  }
}
