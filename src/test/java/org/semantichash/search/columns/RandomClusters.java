// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clusters that nobody would build: what is found with them must not depend on them. */
public final class RandomClusters {

  private RandomClusters() {}

  /** Gives columns clusters of any number, empty ones too, with codes or anything as centres. */
  public static WordColumns of(WordColumns columns, Random random) {
    int size = 1 + random.nextInt(1 + columns.size() / (1 + random.nextInt(20)));
    boolean nearest = random.nextBoolean();
    long[][] centres = new long[columns.words().length][size];
    List<List<Integer>> members = new ArrayList<>();
    for (int cluster = 0; cluster < size; cluster++) {
      members.add(new ArrayList<>());
      boolean anything = columns.size() == 0 || random.nextInt(5) == 0;
      int code = anything ? -1 : random.nextInt(columns.size());
      for (int word = 0; word < centres.length; word++) {
        centres[word][cluster] = anything ? 0 : columns.words()[word][code];
      }
    }
    int[] radii = new int[size];
    for (int ordinal = 0; ordinal < columns.size(); ordinal++) {
      int own = random.nextInt(size);
      for (int cluster = 0; cluster < size && nearest; cluster++) {
        own =
            distance(columns, centres, cluster, ordinal) < distance(columns, centres, own, ordinal)
                ? cluster
                : own;
      }
      members.get(own).add(ordinal);
      radii[own] = Math.max(radii[own], distance(columns, centres, own, ordinal));
    }
    int[] starts = new int[size + 1];
    for (int cluster = 0; cluster < size; cluster++) {
      starts[cluster + 1] = starts[cluster] + members.get(cluster).size();
    }
    int[] ordinals = members.stream().flatMap(List::stream).mapToInt(i -> i).toArray();
    columns.setClusters(new CodeClusters(columns.bits(), centres, radii, starts, ordinals));
    return columns;
  }

  private static int distance(WordColumns columns, long[][] centres, int cluster, int ordinal) {
    long[] centre = new long[centres.length];
    for (int word = 0; word < centre.length; word++) {
      centre[word] = centres[word][cluster];
    }
    return columns.distance(centre, ordinal);
  }
}
