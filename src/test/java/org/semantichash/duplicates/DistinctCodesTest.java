// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistinctCodesTest {

  private static final int SIZE = 30_000;
  private static final int DIFFERENT = 25_000;

  private static DistinctCodes distinct(long[] codes) {
    Workers workers = new Workers(JoinResources.unlimited());
    try (Reservation reservation = new Reservation(new CountedMemory(Long.MAX_VALUE))) {
      return DistinctCodes.of(new CodeTable(64, codes.length, codes), workers, reservation);
    }
  }

  private static long[] words(DistinctCodes distinct) {
    return IntStream.range(0, distinct.size())
        .mapToLong(i -> distinct.codes().word(i, 0))
        .toArray();
  }

  /** So many codes that some have the same hash: each number still is one code. */
  @Test
  void numbersDependOnTheCodesAloneWhereHashesCollideToo() {
    Random random = new Random(3);
    long[] different = random.longs(DIFFERENT).toArray();
    long[] codes = random.ints(SIZE, 0, DIFFERENT).mapToLong(i -> different[i]).toArray();
    assertTrue(collisions(different) > 0);
    DistinctCodes distinct = distinct(codes);
    assertEquals(
        IntStream.range(0, SIZE).mapToObj(i -> codes[i]).distinct().count(), distinct.size());
    int[] reversed = IntStream.range(0, SIZE).map(i -> SIZE - 1 - i).toArray();
    DistinctCodes others = distinct(IntStream.of(reversed).mapToLong(i -> codes[i]).toArray());
    assertArrayEquals(words(distinct), words(others));
  }

  /** Codes whose hashes have the same upper bits, those that are sorted among so many. */
  private static long collisions(long[] codes) {
    HashOrder.MaskedHash hash =
        HashOrder.MaskedHash.ofAllBits(new CodeTable(64, codes.length, codes));
    Set<Integer> seen = new HashSet<>();
    return IntStream.range(0, codes.length)
        .filter(i -> seen.add(hash.of(i) >>> 7) == false)
        .count();
  }
}
