// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;

class CodeMapTest {

  private static BinaryCode random(SplittableRandom random) {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return BinaryCode.of(bytes, 64);
  }

  private static BinaryCode changed(BinaryCode code, int bits, SplittableRandom random) {
    byte[] bytes = code.toBytes();
    for (int i = 0; i < bits; i++) {
      int bit = random.nextInt(64);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    return BinaryCode.of(bytes, 64);
  }

  /** Five random codes with 60 changed copies of each: code i is a copy of code i modulo 5. */
  private static List<BinaryCode> groups(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<BinaryCode> middles = IntStream.range(0, 5).mapToObj(i -> random(random)).toList();
    return IntStream.range(0, 300).mapToObj(i -> changed(middles.get(i % 5), 4, random)).toList();
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  @Test
  void theTenNearestPointsAreOfTheSameGroup() {
    for (long seed = 1; seed <= 5; seed++) {
      double[][] places = CodeMap.layout(groups(seed), seed);
      for (int i = 0; i < places.length; i++) {
        int point = i;
        List<Integer> nearest =
            IntStream.range(0, places.length)
                .filter(j -> j != point)
                .boxed()
                .sorted(
                    (a, b) ->
                        Double.compare(
                            distance(places[point], places[a]), distance(places[point], places[b])))
                .limit(10)
                .toList();
        long same = nearest.stream().filter(j -> j % 5 == point % 5).count();
        assertEquals(10, same, "seed " + seed + ", point " + i);
      }
    }
  }

  @Test
  void aSeedGivesOnePicture() {
    double[][] first = CodeMap.layout(groups(7), 3);
    double[][] second = CodeMap.layout(groups(7), 3);
    for (int i = 0; i < first.length; i++) {
      assertArrayEquals(first[i], second[i]);
    }
    assertTrue(distance(first[0], CodeMap.layout(groups(7), 4)[0]) > 0);
  }

  @Test
  void equalCodesAndFewOfThemHaveFinitePlaces() {
    BinaryCode code = random(new SplittableRandom(1));
    for (int copies : new int[] {0, 1, 2, 3, 100}) {
      List<BinaryCode> codes = new ArrayList<>(Collections.nCopies(copies, code));
      double[][] places = CodeMap.layout(codes, 1);
      assertEquals(copies, places.length);
      for (double[] place : places) {
        assertTrue(Double.isFinite(place[0]) && Double.isFinite(place[1]), "copies " + copies);
      }
    }
  }
}
