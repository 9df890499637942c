// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.duplicates.Grouping;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.it.oracle.CodeSet;
import org.semantichash.search.columns.MemoryAccount;

/** The join in this process, with as many threads as a node takes. */
final class CoreJoin {

  private static final int THREADS = 2;
  private static final Grouping GROUPING = new Grouping(Grouping.Linkage.COMPLETE, 2, 1000);

  private final FoundDuplicates found;
  private final double seconds;

  /**
   * Joins.
   *
   * @param order the documents in the order of the join, which decides ties of complete linkage
   */
  CoreJoin(CodeSet codes, int[] order, int maxDistance) {
    CodeTable table = table(codes, order);
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      JoinResources resources =
          new JoinResources(MemoryAccount.UNLIMITED, executor, THREADS, JoinResources.Monitor.NONE);
      long start = System.nanoTime();
      try (NearDuplicates join = NearDuplicates.find(table, maxDistance, GROUPING, resources)) {
        seconds = (System.nanoTime() - start) / 1e9;
        found = new FoundDuplicates(distances(join), groups(join.groups(), order));
      }
    }
  }

  private static CodeTable table(CodeSet codes, int[] order) {
    int wordCount = codes.bits() / Long.SIZE;
    long[] words = new long[order.length * wordCount];
    for (int place = 0; place < order.length; place++) {
      System.arraycopy(codes.words(order[place]), 0, words, place * wordCount, wordCount);
    }
    return new CodeTable(codes.bits(), order.length, words);
  }

  private static Map<Integer, Long> distances(NearDuplicates join) {
    long[] counts = join.distances();
    Map<Integer, Long> distances = new HashMap<>();
    for (int distance = 0; distance < counts.length; distance++) {
      if (counts[distance] > 0) {
        distances.put(distance, counts[distance]);
      }
    }
    return distances;
  }

  private static Set<List<Integer>> groups(DuplicateGroups groups, int[] order) {
    Set<List<Integer>> all = new HashSet<>();
    for (int group = 0; group < groups.count(); group++) {
      all.add(
          Arrays.stream(groups.documents(group))
              .map(place -> order[place])
              .sorted()
              .boxed()
              .toList());
    }
    return all;
  }

  FoundDuplicates found() {
    return found;
  }

  double seconds() {
    return seconds;
  }
}
