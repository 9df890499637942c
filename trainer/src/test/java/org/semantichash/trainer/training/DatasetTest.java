// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;

class DatasetTest {

  private static SparseVector vector(int... ids) {
    float[] weights = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      weights[i] = 1 + ids[i];
    }
    return SparseVector.of(ids, weights);
  }

  @Test
  void theTermsOfMostDocumentsAreKeptInTheirOrder() {
    // terms 1 and 5 have three documents, 3 and 4 two, 0 and 2 one
    List<SparseVector> vectors =
        List.of(vector(1, 3, 5), vector(0, 1, 4, 5), vector(1, 2, 3, 4, 5), SparseVector.EMPTY);
    List<int[]> labels = List.of(new int[] {1}, new int[0], new int[] {2}, new int[] {1});
    Dataset all = new Dataset(vectors, labels, 6);
    Dataset frequent = all.withFrequentTerms(3); // of 3 and 4, the first
    assertEquals(3, frequent.vocabularySize());
    assertArrayEquals(new int[] {0, 1, 2}, frequent.vectors().get(0).ids());
    assertArrayEquals(new int[] {0, 2}, frequent.vectors().get(1).ids());
    assertEquals(2, frequent.vectors().get(1).weight(0)); // term 1
    assertEquals(6, frequent.vectors().get(1).weight(1)); // term 5
    assertEquals(0, frequent.vectors().get(3).size());
    assertEquals(all.labels(), frequent.labels());
    assertSame(all, all.withFrequentTerms(6));
  }

  @Test
  void batchesAndEpochsFollowTheDocuments() {
    assertEquals(List.of(10, 60), sizes(27));
    assertEquals(List.of(4, 60), sizes(4));
    assertEquals(List.of(25, 60), sizes(2_000));
    assertEquals(List.of(100, 15), sizes(10_000));
    assertEquals(List.of(100, 7), sizes(20_000));
    assertEquals(List.of(100, 5), sizes(1_000_000));
    assertEquals(
        TrainingOptions.DEFAULTS,
        TrainingOptions.forDocuments(8_000).withEpochs(TrainingOptions.DEFAULTS.epochs()));
  }

  private static List<Integer> sizes(int documents) {
    TrainingOptions options = TrainingOptions.forDocuments(documents);
    return List.of(options.batchSize(), options.epochs());
  }
}
