// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;
import org.semantichash.trainer.training.Dataset;

class MedianThresholdsTest {

  private static final int BITS = 4;

  /** A network whose activations are, for the document with term t alone, the t-th row. */
  private static HashNetwork network(float[] rows) {
    SparseLayer layer = new SparseLayer(rows, new float[BITS]);
    return new HashNetwork(layer, List.of(), new float[BITS]);
  }

  private static Dataset documents(int count) {
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int d = 0; d < count; d++) {
      vectors.add(SparseVector.of(new int[] {d}, new float[] {1}));
      labels.add(new int[0]);
    }
    return new Dataset(vectors, labels, count);
  }

  private static void assertHalfAreOnes(float[] rows) {
    Dataset documents = documents(rows.length / BITS);
    HashNetwork network = MedianThresholds.of(network(rows), documents);
    int[] ones = new int[BITS];
    for (BinaryCode code : network.encode(documents.vectors())) {
      for (int bit = 0; bit < BITS; bit++) {
        ones[bit] += code.get(bit) ? 1 : 0;
      }
    }
    for (int bit = 0; bit < BITS; bit++) {
      assertEquals(documents.size() / 2, ones[bit], "bit " + bit + " of " + documents.size());
    }
  }

  @RepeatedTest(20)
  void halfOfTheDocumentsHaveOnes(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    float[] rows = new float[random.nextInt(1, 60) * BITS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextDouble(-3, 3);
    }
    assertHalfAreOnes(rows);
  }

  /** Between neighbouring floats there is no middle, and between the largest no finite sum. */
  @Test
  void halfHaveOnesAlsoWhereTheMiddleIsNoFloatOfItsOwn() {
    float[] lower = {1, Math.nextUp(1f), -2, 3e38f};
    float[] rows = new float[2 * BITS];
    for (int bit = 0; bit < BITS; bit++) {
      rows[bit] = lower[bit];
      rows[BITS + bit] = Math.nextUp(lower[bit]);
    }
    assertHalfAreOnes(rows);
  }
}
