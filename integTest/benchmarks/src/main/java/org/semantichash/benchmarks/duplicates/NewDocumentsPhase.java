// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
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
 * One document in a hundred is new: a search of all, and one for the new documents alone, in one
 * thread by turns, so that other work on the machine counts for both.
 */
final class NewDocumentsPhase {

  static final String NAME = "new-documents";

  private static final int SHARE = 100;
  private static final int SMALL = 100_000;
  private static final int LARGE = 1_000_000;
  private static final double SECONDS_PER_CODE = 1e-4;

  /** How the codes are made. */
  private enum Data {
    /** As most collections are: one document in five is an edited copy of another one. */
    COPIES,
    /** No document is a copy. */
    UNIFORM,
    /** Each document is one of about a hundred copies, so that new ones touch most groups. */
    CLUSTERED;

    private static final int COPIED = 5;

    CodeTable table(int bits, int size, int maxDistance, long seed) {
      CodeSet.Kind kind = this == CLUSTERED ? CodeSet.Kind.CLUSTERED : CodeSet.Kind.UNIFORM;
      CodeSet codes = CodeSet.make(kind, bits, size, seed);
      CodeTable table = AllPairsPhase.table(codes, size);
      return this == COPIES ? withCopies(table, maxDistance, new SplittableRandom(seed)) : table;
    }

    /** Copies differ from their originals, copies too, in at most half of the distance. */
    private static CodeTable withCopies(CodeTable codes, int maxDistance, SplittableRandom random) {
      int wordCount = codes.wordCount();
      long[] words = new long[codes.size() * wordCount];
      for (int code = 0; code < codes.size(); code++) {
        boolean isCopy = code > 0 && random.nextInt(COPIED) == 0;
        int original = isCopy ? random.nextInt(code) : 0;
        for (int word = 0; word < wordCount; word++) {
          words[code * wordCount + word] =
              isCopy ? words[original * wordCount + word] : codes.word(code, word);
        }
        for (int flip = isCopy ? random.nextInt(1 + maxDistance / 2) : 0; flip > 0; flip--) {
          int bit = random.nextInt(codes.bits());
          words[code * wordCount + bit / Long.SIZE] ^= 1L << bit;
        }
      }
      return new CodeTable(codes.bits(), codes.size(), words);
    }
  }

  private final DuplicatesScale scale;

  NewDocumentsPhase(DuplicatesScale scale) {
    this.scale = scale;
  }

  /** At the radii that are the default. */
  List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (Data data : Data.values()) {
      for (int size : scale.sizes(new int[] {SMALL, LARGE})) {
        for (int bits : new int[] {64, 128}) {
          steps.add(step(data, bits, size));
        }
      }
    }
    return steps;
  }

  private BenchmarkStep step(Data data, int bits, int size) {
    String kind = data.toString().toLowerCase(Locale.ROOT);
    String definition =
        size + " codes of " + bits + " bits, " + kind + ", " + scale.rounds() + " rounds";
    double seconds = scale.rounds() * SECONDS_PER_CODE * size;
    return new BenchmarkStep(
        NAME, definition, seconds, () -> List.of(measure(data, kind, bits, size)));
  }

  private Map<String, Object> measure(Data data, String kind, int bits, int size) {
    int maxDistance = NearDuplicates.defaultMaxDistance(bits, false);
    CodeTable all = data.table(bits, size, maxDistance, scale.seed());
    FixedBitSet isNew = new FixedBitSet(size);
    IntStream.range(0, size).filter(i -> i % SHARE == SHARE - 1).forEach(isNew::set);
    Timing full = new Timing(scale.rounds());
    Timing joined = new Timing(scale.rounds());
    int[] connected = new int[0];
    Set<List<Integer>> expected = Set.of();
    Set<List<Integer>> regrouped = Set.of();
    for (int round = 0; round < scale.rounds(); round++) {
      full.start();
      expected = groups(all, maxDistance, document -> document);
      full.stop(round);
      joined.start();
      connected =
          NewDocuments.connected(
              all, isNew, maxDistance, NewDocuments.Verified.ALL, JoinResources.unlimited());
      int[] some = connected;
      regrouped = groups(all.of(some), maxDistance, document -> some[document]);
      joined.stop(round);
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("documents", size);
    row.put("bits", bits);
    row.put("max_distance", maxDistance);
    row.put("kind", kind);
    row.put("new_documents", isNew.cardinality());
    row.put("regrouped", connected.length);
    row.put("full_seconds", Times.median(full.seconds));
    row.put("new_seconds", Times.median(joined.seconds));
    row.put("full_cpu_seconds", Times.median(full.cpuSeconds));
    row.put("new_cpu_seconds", Times.median(joined.cpuSeconds));
    row.put("times_faster", Times.median(full.cpuSeconds) / Times.median(joined.cpuSeconds));
    Set<List<Integer>> joint = untouched(all, isNew, connected, maxDistance);
    joint.addAll(regrouped);
    row.put("equal_to_full", joint.equals(expected));
    return row;
  }

  /** Seconds on the clock, and of the processor for this thread, [rounds]. */
  private static final class Timing {

    private final double[] seconds;
    private final double[] cpuSeconds;
    private long began;
    private long cpuBegan;

    Timing(int rounds) {
      seconds = new double[rounds];
      cpuSeconds = new double[rounds];
    }

    void start() {
      began = System.nanoTime();
      cpuBegan = processorTime();
    }

    void stop(int round) {
      seconds[round] = (System.nanoTime() - began) / 1e9;
      cpuSeconds[round] = (processorTime() - cpuBegan) / 1e9;
    }

    private static long processorTime() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
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

  /** The groups of the old documents alone in which no document was grouped anew. */
  private static Set<List<Integer>> untouched(
      CodeTable all, FixedBitSet isNew, int[] connected, int maxDistance) {
    int[] old = IntStream.range(0, all.size()).filter(i -> isNew.get(i) == false).toArray();
    Set<List<Integer>> groups = groups(all.of(old), maxDistance, document -> old[document]);
    groups.removeIf(group -> Arrays.binarySearch(connected, group.getFirst()) >= 0);
    return groups;
  }
}
