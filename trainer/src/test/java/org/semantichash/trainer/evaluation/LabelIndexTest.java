// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.evaluation.RelevanceJudgments.DocumentSet;
import org.semantichash.trainer.evaluation.RelevanceJudgments.LabelIndex;

class LabelIndexTest {

  /** Label 0 is that of half the documents; most others are that of one or two. */
  @Test
  void frequentAndRareLabelsMatchAsByBruteForce() {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int documents = random.nextInt(1, 200);
      List<int[]> labels = new ArrayList<>();
      for (int i = 0; i < documents; i++) {
        int rare = 1 + random.nextInt(150);
        labels.add(random.nextBoolean() ? new int[] {0, rare} : new int[] {rare});
      }
      LabelIndex index = new LabelIndex(labels);
      for (int[] wanted :
          List.of(new int[0], new int[] {0}, new int[] {3, 4, 999}, new int[] {0, 7})) {
        BitSet expected = new BitSet();
        for (int i = 0; i < documents; i++) {
          for (int label : wanted) {
            expected.set(i, expected.get(i) || Arrays.binarySearch(labels.get(i), label) >= 0);
          }
        }
        DocumentSet found = index.matching(wanted);
        assertEquals(expected.cardinality(), found.size(), "seed " + seed);
        for (int i = 0; i < documents; i++) {
          assertEquals(expected.get(i) ? 1 : 0, found.bit(i), "seed " + seed);
        }
      }
    }
  }
}
