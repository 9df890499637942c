// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the matrix of all distances: tables of every kind and width, at every radius. */
class NearDuplicatesTest {

  private static final int SEEDS = Integer.getInteger("tests.duplicates.seeds", 200);
  private static final List<TableKind> KINDS = List.of(TableKind.values());
  private static final int[] WIDTHS = {4, 8, 16, 64, 65, 128, 256, 512, 4096};

  private final ExecutorService executor = Executors.newFixedThreadPool(2);

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void theDefaultDistanceGrowsWithTheWidth() {
    for (int[] expected :
        new int[][] {
          {4, 0, 1},
          {32, 4, 8},
          {64, 8, 16},
          {96, 16, 24},
          {127, 23, 31},
          {128, 24, 38},
          {256, 56, 76}
        }) {
      assertEquals(expected[1], NearDuplicates.defaultMaxDistance(expected[0], false));
      assertEquals(expected[2], NearDuplicates.defaultMaxDistance(expected[0], true));
    }
    for (int bits = CodeTable.MIN_BITS; bits < 512; bits++) {
      assertTrue(
          NearDuplicates.defaultMaxDistance(bits, false)
              <= NearDuplicates.defaultMaxDistance(bits + 1, false));
      assertTrue(
          NearDuplicates.defaultMaxDistance(bits, true)
              <= NearDuplicates.defaultMaxDistance(bits + 1, true));
    }
  }

  private static int radius(Random random, int bits) {
    return random.nextBoolean() ? random.nextInt(Math.min(bits, 6)) : random.nextInt(bits + 1);
  }

  private static Grouping grouping(Random random, Grouping.Linkage linkage) {
    int min = 2 + random.nextInt(2);
    int max = random.nextBoolean() ? Integer.MAX_VALUE : min + random.nextInt(8);
    return new Grouping(linkage, min, max);
  }

  private static List<NaiveGroups.Group> listed(DuplicateGroups groups) {
    List<NaiveGroups.Group> list = new ArrayList<>();
    for (int group = 0; group < groups.count(); group++) {
      list.add(
          new NaiveGroups.Group(
              Arrays.stream(groups.documents(group)).boxed().toList(),
              groups.diameter(group),
              groups.capped(group)));
    }
    return list;
  }

  /** The number of each document's code: each document is told once, with its code. */
  private static int[] numbers(DistinctCodes distinct, CodeTable codes) {
    int[] numbers = new int[codes.size()];
    Arrays.fill(numbers, -1);
    for (int number = 0; number < distinct.size(); number++) {
      for (int i = 0; i < distinct.count(number); i++) {
        int document = distinct.document(number, i);
        assertEquals(-1, numbers[document]);
        assertEquals(code(codes, document), code(distinct.codes(), number));
        assertTrue(i == 0 || document > distinct.document(number, i - 1));
        numbers[document] = number;
      }
    }
    assertTrue(Arrays.stream(numbers).allMatch(number -> number >= 0));
    return numbers;
  }

  private static List<Long> code(CodeTable codes, int index) {
    return IntStream.range(0, codes.wordCount()).mapToObj(i -> codes.word(index, i)).toList();
  }

  private static long[] distances(int[][] matrix, int maxDistance) {
    long[] counts = new long[maxDistance + 1];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = i + 1; j < matrix.length; j++) {
        if (matrix[i][j] <= maxDistance) {
          counts[matrix[i][j]]++;
        }
      }
    }
    return counts;
  }

  @Test
  void theMatrixOfAllDistancesGivesTheSame() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      TableKind kind = KINDS.get(seed % KINDS.size());
      int bits = WIDTHS[random.nextInt(WIDTHS.length)];
      CodeTable codes = kind.table(random, bits, random.nextInt(120));
      int maxDistance = radius(random, bits);
      for (Grouping.Linkage linkage : Grouping.Linkage.values()) {
        Grouping grouping = grouping(random, linkage);
        String message = "seed " + seed + ", " + kind + ", " + bits + ", " + maxDistance;
        CountedMemory memory = new CountedMemory(Long.MAX_VALUE);
        JoinResources resources =
            new JoinResources(memory, executor, 1 + random.nextInt(3), JoinResources.Monitor.NONE);
        try (NearDuplicates found = NearDuplicates.find(codes, maxDistance, grouping, resources)) {
          int[] numbers = numbers(found.distinct(), codes);
          assertEquals(
              NaiveGroups.of(codes, maxDistance, grouping, numbers),
              listed(found.groups()),
              message);
          long[] distances = distances(NaiveGroups.matrix(codes), maxDistance);
          assertArrayEquals(distances, found.distances(), message);
          assertEquals(Arrays.stream(distances).sum(), found.pairs(), message);
        }
        assertEquals(0, memory.used(), message);
      }
    }
  }

  @Test
  void aChainIsOneGroupOnlyForSingleLinkage() {
    long[] words = {0L, 1L << 63, 3L << 62};
    CodeTable codes = new CodeTable(4, 3, words);
    assertEquals(
        List.of(new NaiveGroups.Group(List.of(0, 1, 2), 2, false)),
        groups(codes, Grouping.Linkage.SINGLE));
    List<NaiveGroups.Group> complete = groups(codes, Grouping.Linkage.COMPLETE);
    assertEquals(1, complete.size());
    assertEquals(2, complete.get(0).documents().size());
    assertEquals(1, complete.get(0).diameter());
  }

  @Test
  void theSameCodesMakeTheSameGroupsInWhateverOrder() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      int bits = WIDTHS[random.nextInt(WIDTHS.length)];
      CodeTable codes = KINDS.get(seed % KINDS.size()).table(random, bits, 2 + random.nextInt(120));
      Grouping grouping = grouping(random, Grouping.Linkage.COMPLETE);
      int maxDistance = radius(random, bits);
      assertEquals(
          groupsOfCodes(codes, maxDistance, grouping),
          groupsOfCodes(shuffled(codes, random), maxDistance, grouping),
          "seed " + seed);
    }
  }

  private static CodeTable shuffled(CodeTable codes, Random random) {
    List<List<Long>> all =
        new ArrayList<>(IntStream.range(0, codes.size()).mapToObj(i -> code(codes, i)).toList());
    Collections.shuffle(all, random);
    long[] words = all.stream().flatMap(List::stream).mapToLong(Long::longValue).toArray();
    return new CodeTable(codes.bits(), codes.size(), words);
  }

  /** How many groups there are of how many documents with which codes. */
  private static Map<Map<List<Long>, Integer>, Integer> groupsOfCodes(
      CodeTable codes, int maxDistance, Grouping grouping) {
    try (NearDuplicates found =
        NearDuplicates.find(codes, maxDistance, grouping, JoinResources.unlimited())) {
      Map<Map<List<Long>, Integer>, Integer> groups = new HashMap<>();
      for (int group = 0; group < found.groups().count(); group++) {
        Map<List<Long>, Integer> counts = new HashMap<>();
        for (int document : found.groups().documents(group)) {
          counts.merge(code(codes, document), 1, Integer::sum);
        }
        groups.merge(counts, 1, Integer::sum);
      }
      return groups;
    }
  }

  private static List<NaiveGroups.Group> groups(CodeTable codes, Grouping.Linkage linkage) {
    Grouping grouping = new Grouping(linkage, 2, 10);
    try (NearDuplicates found =
        NearDuplicates.find(codes, 1, grouping, JoinResources.unlimited())) {
      return listed(found.groups());
    }
  }

  @Test
  void equalCodesAreOneGroupOverAnyCap() {
    CodeTable codes = new CodeTable(64, 5, new long[5]);
    Grouping grouping = new Grouping(Grouping.Linkage.COMPLETE, 2, 3);
    try (NearDuplicates found =
        NearDuplicates.find(codes, 0, grouping, JoinResources.unlimited())) {
      assertEquals(
          List.of(new NaiveGroups.Group(List.of(0, 1, 2, 3, 4), 0, true)), listed(found.groups()));
    }
  }

  @Test
  void radiusAndSizesAreChecked() {
    CodeTable codes = new CodeTable(8, 0, new long[0]);
    Grouping grouping = new Grouping(Grouping.Linkage.SINGLE, 2, 2);
    assertEquals(
        "[max_distance] must be between [0] and [8], the width of the codes, got [9]",
        assertThrows(
                IllegalArgumentException.class,
                () -> NearDuplicates.find(codes, 9, grouping, JoinResources.unlimited()))
            .getMessage());
    assertEquals(
        "[min_group_size] must be at least [1], got [0]",
        assertThrows(
                IllegalArgumentException.class, () -> new Grouping(Grouping.Linkage.SINGLE, 0, 9))
            .getMessage());
    assertEquals(
        "[max_group_size] must be at least [min_group_size], which is [3], got [2]",
        assertThrows(
                IllegalArgumentException.class, () -> new Grouping(Grouping.Linkage.SINGLE, 3, 2))
            .getMessage());
  }
}
