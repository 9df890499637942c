// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.lucene.util.FixedBitSet;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.DuplicateGroups;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.duplicates.NewDocuments;
import org.semantichash.it.oracle.CodeSet;

/**
 * One document in a hundred is new: processor time of a search of all, and of one for the new
 * documents alone, in one thread by turns, so that other work on the machine does not count.
 */
final class NewDocumentsPhase {

  static final String NAME = "new-documents";

  private static final int SHARE = 100;
  private static final int[] SIZES = {100_000, 1_000_000};
  private static final double SECONDS_PER_CODE = 1e-4;

  private final DuplicatesScale scale;

  NewDocumentsPhase(DuplicatesScale scale) {
    this.scale = scale;
  }

  /** At the radii that are the default; with 128 bits of the smaller set only. */
  List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (CodeSet.Kind kind : CodeSet.Kind.values()) {
      for (int size : scale.sizes(SIZES)) {
        steps.add(step(kind, 64, size));
      }
      steps.add(step(kind, 128, Math.min(SIZES[0], scale.documents())));
    }
    return steps;
  }

  private BenchmarkStep step(CodeSet.Kind kind, int bits, int size) {
    String definition =
        size + " " + kind + " codes of " + bits + " bits, " + scale.rounds() + " rounds";
    double seconds = scale.rounds() * SECONDS_PER_CODE * size;
    return new BenchmarkStep(NAME, definition, seconds, () -> List.of(measure(kind, bits, size)));
  }

  private Map<String, Object> measure(CodeSet.Kind kind, int bits, int size) {
    CodeTable all = AllPairsPhase.table(CodeSet.make(kind, bits, size, scale.seed()), size);
    int maxDistance = NearDuplicates.defaultMaxDistance(bits, false);
    FixedBitSet isNew = new FixedBitSet(size);
    IntStream.range(0, size).filter(i -> i % SHARE == SHARE - 1).forEach(isNew::set);
    double[] full = new double[scale.rounds()];
    double[] joined = new double[scale.rounds()];
    int[] connected = new int[0];
    for (int round = 0; round < full.length; round++) {
      long start = processorTime();
      groups(all, maxDistance, document -> document);
      full[round] = (processorTime() - start) / 1e9;
      start = processorTime();
      connected =
          NewDocuments.connected(
              all, isNew, maxDistance, NewDocuments.Verified.ALL, JoinResources.unlimited());
      groups(all.of(connected), maxDistance, document -> document);
      joined[round] = (processorTime() - start) / 1e9;
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("documents", size);
    row.put("bits", bits);
    row.put("max_distance", maxDistance);
    row.put("kind", kind.toString());
    row.put("new_documents", isNew.cardinality());
    row.put("regrouped", connected.length);
    row.put("full_cpu_seconds", Times.median(full));
    row.put("new_cpu_seconds", Times.median(joined));
    row.put("times_faster", Times.median(full) / Times.median(joined));
    row.put("equal_to_full", isEqual(all, isNew, connected, maxDistance));
    return row;
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Set<List<Integer>> groups(
      CodeTable codes, int maxDistance, IntFunction<Integer> document) {
    Set<List<Integer>> all = new HashSet<>();
    try (NearDuplicates found =
        NearDuplicates.find(
            codes, maxDistance, AllPairsPhase.GROUPING, JoinResources.unlimited())) {
      DuplicateGroups groups = found.groups();
      for (int group = 0; group < groups.count(); group++) {
        all.add(Arrays.stream(groups.documents(group)).mapToObj(document).toList());
      }
    }
    return all;
  }

  /** Whether the groups of the old documents that nothing touched, and the new ones, are all. */
  private static boolean isEqual(
      CodeTable all, FixedBitSet isNew, int[] connected, int maxDistance) {
    int[] old = IntStream.range(0, all.size()).filter(i -> isNew.get(i) == false).toArray();
    Set<List<Integer>> joined = groups(all.of(old), maxDistance, document -> old[document]);
    joined.removeIf(group -> Arrays.binarySearch(connected, group.getFirst()) >= 0);
    joined.addAll(groups(all.of(connected), maxDistance, document -> connected[document]));
    return joined.equals(groups(all, maxDistance, document -> document));
  }
}
