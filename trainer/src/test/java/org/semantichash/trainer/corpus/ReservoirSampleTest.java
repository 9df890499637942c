// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.corpus.StreamedCorpus.ReservoirSample;

class ReservoirSampleTest {

  private static List<Integer> sample(int n, int limit, long seed) {
    ReservoirSample<Integer> sample = new ReservoirSample<>(limit, seed);
    IntStream.range(0, n).forEach(sample::add);
    assertEquals(n, sample.seen());
    return sample.inOrder();
  }

  @Test
  void everyPairIsEquallyLikely() {
    int seeds = 15_000;
    int[][] pairs = new int[6][6];
    for (int seed = 0; seed < seeds; seed++) {
      List<Integer> two = sample(6, 2, seed);
      pairs[two.get(0)][two.get(1)]++;
    }
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        assertEquals(i < j ? seeds / 15.0 : 0, pairs[i][j], 150, i + " and " + j); // 5 sigma
      }
    }
  }

  @Test
  void theSeedChoosesAndAllAreKeptWhereTheyFit() {
    assertEquals(sample(500, 50, 7), sample(500, 50, 7));
    assertNotEquals(sample(500, 50, 7), sample(500, 50, 8));
    assertEquals(50, sample(500, 50, 7).stream().distinct().sorted().toList().size());
    assertEquals(IntStream.range(0, 50).boxed().toList(), sample(50, 50, 1));
    assertEquals(IntStream.range(0, 50).boxed().toList(), sample(50, Integer.MAX_VALUE, 1));
  }
}
