// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every plan, forced in turn, finds the pairs that a comparison of all with all finds. */
class PairJoinTest {

  private static final int SEEDS = Integer.getInteger("tests.duplicates.seeds", 200);
  private static final List<TableKind> KINDS = List.of(TableKind.values());
  private static final int[] WIDTHS = {4, 8, 16, 64, 65, 128, 256, 512, 4096};

  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final CountedMemory memory = new CountedMemory(Long.MAX_VALUE);

  @AfterEach
  void close() {
    executor.close();
  }

  private CodeTable distinct(CodeTable codes) {
    Workers workers = new Workers(JoinResources.unlimited());
    try (Reservation reservation = new Reservation(memory)) {
      return DistinctCodes.of(codes, workers, reservation).codes();
    }
  }

  private List<String> pairs(
      CodeTable codes, int maxDistance, int largeBucket, int threads, ChunkPlan plan) {
    JoinResources resources =
        new JoinResources(memory, executor, threads, JoinResources.Monitor.NONE);
    Workers workers = new Workers(resources);
    List<String> list = new ArrayList<>();
    try (Reservation reservation = new Reservation(memory)) {
      PairJoin join =
          new PairJoin(
              codes, maxDistance, largeBucket, CandidatePairs.PairLimit.NONE, workers, reservation);
      CodePairs pairs = CodePairs.of(join.find(plan), maxDistance, workers, reservation);
      for (int i = 0; i < pairs.size(); i++) {
        list.add(pairs.lower(i) + "-" + pairs.upper(i));
      }
    }
    assertEquals(0, memory.used());
    return list;
  }

  /** In the order of pairs: by distance, lower code, upper code. */
  private static List<String> oracle(CodeTable codes, int maxDistance) {
    int[][] matrix = NaiveGroups.matrix(codes);
    List<String> list = new ArrayList<>();
    for (int distance = 0; distance <= maxDistance; distance++) {
      for (int i = 0; i < matrix.length; i++) {
        for (int j = i + 1; j < matrix.length; j++) {
          if (matrix[i][j] == distance) {
            list.add(i + "-" + j);
          }
        }
      }
    }
    return list;
  }

  @Test
  void everyPlanFindsEachPairOnce() {
    int plans = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      TableKind kind = KINDS.get(seed % KINDS.size());
      int bits = WIDTHS[random.nextInt(WIDTHS.length)];
      CodeTable codes = distinct(kind.table(random, bits, random.nextInt(100)));
      int maxDistance = random.nextInt(Math.min(bits, 12));
      List<String> expected = oracle(codes, maxDistance);
      String message = "seed " + seed + ", " + kind + ", " + bits + ", " + maxDistance;
      assertEquals(expected, pairs(codes, maxDistance, 20, 2, null), message);
      for (ChunkPlan plan : ChunkPlan.all(PairJoin.bits(codes), maxDistance)) {
        plans++;
        int threads = 1 + random.nextInt(3);
        int largeBucket = 1 + random.nextInt(50);
        assertEquals(
            expected,
            pairs(codes, maxDistance, largeBucket, threads, plan),
            message + ", " + plan.keys() + " keys");
      }
    }
    assertEquals(true, plans > 4 * SEEDS, "plans tried: " + plans);
  }

  @Test
  void largeBucketsAreJoinedInTheBitsThatAreLeft() {
    Random random = new Random(5);
    CodeTable codes = distinct(TableKind.HALF_CONSTANT.table(random, 256, 3000));
    Workers workers = new Workers(JoinResources.unlimited());
    ChunkPlan.Choice choice = new ChunkPlan.Choice(codes, CodeTable.Subset.all(codes), 500, 3000);
    ChunkPlan plan = choice.cheapest(PairJoin.bits(codes), 2, workers);
    assertNotNull(plan);
    List<String> expected = oracle(codes, 2);
    for (ChunkPlan forced : ChunkPlan.all(PairJoin.bits(codes), 2).subList(0, 4)) {
      assertEquals(expected, pairs(codes, 2, 500, 2, forced), forced.keys() + " keys");
    }
    assertEquals(expected, pairs(codes, 2, 500, 1, plan));
  }

  @Test
  void aScanIsChosenWhereNoPlanPays() {
    Random random = new Random(6);
    CodeTable codes = distinct(TableKind.UNIFORM.table(random, 64, 3000));
    ChunkPlan.Choice choice = new ChunkPlan.Choice(codes, CodeTable.Subset.all(codes), 500, 3000);
    assertEquals(
        null, choice.cheapest(PairJoin.bits(codes), 30, new Workers(JoinResources.unlimited())));
  }
}
