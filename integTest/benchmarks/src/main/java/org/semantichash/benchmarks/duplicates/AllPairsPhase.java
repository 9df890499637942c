// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.Grouping;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.it.oracle.CodeSet;

/** Finds all pairs and groups in sets of growing size, in this process. */
final class AllPairsPhase {

  static final String NAME = "all-pairs";

  private static final int SAMPLE = 50_000;
  private static final double SECONDS_PER_CODE = 1e-5;
  private static final int[] SIZES = {100_000, 300_000, 1_000_000, 3_000_000, 10_000_000};
  private static final int WIDE = 1_000_000;
  static final Grouping GROUPING = new Grouping(Grouping.Linkage.COMPLETE, 2, 1000);

  private final DuplicatesScale scale;

  AllPairsPhase(DuplicatesScale scale) {
    this.scale = scale;
  }

  /** By size at 64 bits and radius 3; then a million wider codes and other radii. */
  List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (CodeSet.Kind kind : CodeSet.Kind.values()) {
      for (int size : scale.sizes(SIZES)) {
        steps.add(step(kind, 64, size, 3));
      }
      for (int maxDistance : new int[] {1, 3, 7, 32}) {
        steps.add(step(kind, 128, Math.min(WIDE, scale.documents()), maxDistance));
      }
    }
    return steps;
  }

  private BenchmarkStep step(CodeSet.Kind kind, int bits, int size, int maxDistance) {
    String definition =
        size
            + " "
            + kind
            + " codes of "
            + bits
            + " bits, radius "
            + maxDistance
            + ", "
            + scale.threads()
            + " threads, "
            + scale.rounds()
            + " rounds";
    double seconds = scale.rounds() * SECONDS_PER_CODE * size;
    return new BenchmarkStep(
        NAME, definition, seconds, () -> List.of(measure(kind, bits, size, maxDistance)));
  }

  private Map<String, Object> measure(CodeSet.Kind kind, int bits, int size, int maxDistance) {
    CodeSet codes = CodeSet.make(kind, bits, size, scale.seed());
    CodeTable table = table(codes, size);
    JoinMemory memory = new JoinMemory();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("documents", size);
    row.put("bits", bits);
    row.put("max_distance", maxDistance);
    row.put("kind", kind.toString());
    row.put("threads", scale.threads());
    try (ExecutorService executor = Executors.newFixedThreadPool(scale.threads())) {
      JoinResources resources =
          new JoinResources(memory, executor, scale.threads(), JoinResources.Monitor.NONE);
      double[] seconds = new double[scale.rounds()];
      for (int round = 0; round < seconds.length; round++) {
        long start = System.nanoTime();
        try (NearDuplicates found = NearDuplicates.find(table, maxDistance, GROUPING, resources)) {
          seconds[round] = (System.nanoTime() - start) / 1e9;
          row.put("seconds", 0.0);
          row.put("pairs", found.pairs());
          row.put("groups", found.groups().count());
        }
      }
      row.put("seconds", Times.median(seconds));
      row.put("memory_bytes", memory.most());
      CodeTable sample = table(codes, Math.min(size, SAMPLE));
      row.put("equal_to_brute_force", equal(sample, maxDistance, resources));
    }
    return row;
  }

  static CodeTable table(CodeSet codes, int size) {
    int wordCount = codes.bits() / Long.SIZE;
    long[] words = new long[size * wordCount];
    for (int code = 0; code < size; code++) {
      for (int word = 0; word < wordCount; word++) {
        words[code * wordCount + word] = codes.column(word)[code];
      }
    }
    return new CodeTable(codes.bits(), size, words);
  }

  private static boolean equal(CodeTable sample, int maxDistance, JoinResources resources) {
    try (NearDuplicates found = NearDuplicates.find(sample, maxDistance, GROUPING, resources)) {
      return Arrays.equals(PairDigest.ofAll(sample, maxDistance), PairDigest.of(found));
    }
  }
}
