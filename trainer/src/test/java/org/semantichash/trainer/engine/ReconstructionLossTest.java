// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.Products.Workers;
import org.semantichash.trainer.engine.StepContext.Variable;

/** The reconstruction loss for vocabularies larger than its blocks, against the definition. */
class ReconstructionLossTest {

  private static final int BITS = 8;

  private static final List<SparseVector> DOCUMENTS =
      List.of(
          SparseVector.of(new int[] {0, 3, 510}, new float[] {0.5f, 0.2f, 0.7f}),
          SparseVector.of(new int[] {1, 509}, new float[] {1.5f, 0.4f}));

  private static double definition(Matrix z, Matrix embedding, Matrix bias) {
    double loss = 0;
    for (int row = 0; row < z.rows; row++) {
      double[] scores = new double[embedding.columns];
      double sum = 0;
      for (int term = 0; term < scores.length; term++) {
        scores[term] = bias.get(0, term);
        for (int bit = 0; bit < BITS; bit++) {
          scores[term] += (double) z.get(row, bit) * embedding.get(bit, term);
        }
        sum += StrictMath.exp(scores[term]);
      }
      SparseVector document = DOCUMENTS.get(row);
      for (int i = 0; i < document.size(); i++) {
        loss -= document.weight(i) * (scores[document.id(i)] - StrictMath.log(sum));
      }
    }
    return loss / z.rows;
  }

  /** The loss and all gradients. */
  private static float[][] run(
      Kernels kernels, int threads, Matrix z, Matrix embedding, Matrix bias) {
    SparseBatch batch = new SparseBatch(DOCUMENTS, embedding.columns);
    try (Workers workers = new Workers(threads)) {
      Tape tape = FiniteDifferences.tape(kernels, workers);
      Parameter x = Parameter.dense("z", z);
      Parameter e = Parameter.dense("e", embedding);
      Parameter b = Parameter.dense("b", bias);
      Variable loss = tape.reconstructionLoss(FiniteDifferences.asVariable(tape, x), e, b, batch);
      tape.backward(loss);
      return new float[][] {loss.value.data, x.gradient.data, e.gradient.data, b.gradient.data};
    }
  }

  @Test
  void theLossIsTheDefinitionAndTheSameBitsForVectorsAndThreads() {
    for (int terms : new int[] {511, 512, 513, 1023, 1024, 1025, 2600}) {
      Matrix z = FiniteDifferences.random(DOCUMENTS.size(), BITS, terms);
      Matrix embedding = FiniteDifferences.random(BITS, terms, terms + 1);
      Matrix bias = FiniteDifferences.random(1, terms, terms + 2);
      float[][] plain = run(Kernels.scalar(), 1, z, embedding, bias);
      assertEquals(definition(z, embedding, bias), plain[0][0], 2e-6 * plain[0][0]);
      for (int threads = 1; threads <= 3; threads++) {
        float[][] vector = run(new VectorKernels(), threads, z, embedding, bias);
        for (int i = 0; i < plain.length; i++) {
          assertArrayEquals(plain[i], vector[i]);
        }
      }
    }
  }
}
