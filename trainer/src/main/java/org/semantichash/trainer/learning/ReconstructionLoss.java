/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.learning;

import org.semantichash.bagofwords.SparseVector;

/**
 * How badly a softmax over the vocabulary, linear in z, tells the words of the documents (Dong et
 * al. 2019, equation 2). The scores of the whole batch [B, vocabulary] become their own gradient in
 * place.
 */
final class ReconstructionLoss {

  private final Tape tape;
  private final Variable z;
  private final Parameter embedding;
  private final Parameter bias;
  private final SparseBatch targets;
  private final Matrix scores;

  private ReconstructionLoss(
      Tape tape, Variable z, Parameter embedding, Parameter bias, SparseBatch targets) {
    this.tape = tape;
    this.z = z;
    this.embedding = embedding;
    this.bias = bias;
    this.targets = targets;
    this.scores = tape.zeros(z.value.rows, embedding.value.columns);
  }

  static Variable of(
      Tape tape, Variable z, Parameter embedding, Parameter bias, SparseBatch targets) {
    ReconstructionLoss operation = new ReconstructionLoss(tape, z, embedding, bias, targets);
    Variable loss = tape.variable(1, 1);
    loss.value.data[0] = operation.forward();
    tape.onBackward(() -> operation.backward(loss.gradient.data[0]));
    return loss;
  }

  private float forward() {
    for (int row = 0; row < scores.rows; row++) {
      System.arraycopy(bias.value.data, 0, scores.data, row * scores.columns, scores.columns);
    }
    tape.products().add(scores, z.value, embedding.value);
    double[] losses = new double[scores.rows];
    tape.products()
        .workers()
        .split(
            scores.rows,
            (from, to) -> {
              for (int row = from; row < to; row++) {
                losses[row] = lossAndGradient(row);
              }
            });
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return (float) (sum / scores.rows);
  }

  /** The loss of a document; its scores turn into the gradient of the mean loss. */
  private double lossAndGradient(int row) {
    Kernels kernels = tape.products().kernels();
    SparseVector target = targets.document(row);
    float[] data = scores.data;
    int offset = row * scores.columns;
    double weighted = 0;
    double weights = 0;
    for (int i = 0; i < target.size(); i++) {
      weighted += (double) target.weight(i) * data[offset + target.id(i)];
      weights += target.weight(i);
    }
    float max = max(data, offset, scores.columns);
    kernels.expShifted(data, offset, scores.columns, max);
    double sum = sum(data, offset, scores.columns);
    kernels.scale(data, offset, scores.columns, (float) (weights / sum / scores.rows));
    for (int i = 0; i < target.size(); i++) {
      data[offset + target.id(i)] -= target.weight(i) / scores.rows;
    }
    return weights * (max + StrictMath.log(sum)) - weighted;
  }

  private static float max(float[] data, int offset, int length) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = offset; i < offset + length; i++) {
      max = Math.max(max, data[i]);
    }
    return max;
  }

  /** Four sums side by side, added at the end: the same on every machine. */
  private static double sum(float[] data, int offset, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = offset;
    for (; i + 4 <= offset + length; i += 4) {
      s0 += data[i];
      s1 += data[i + 1];
      s2 += data[i + 2];
      s3 += data[i + 3];
    }
    for (; i < offset + length; i++) {
      s0 += data[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private void backward(float factor) {
    Products products = tape.products();
    if (factor != 1) {
      products.kernels().scale(scores.data, 0, scores.data.length, factor);
    }
    products.add(z.gradient, scores, tape.transposed(embedding.value));
    products.addTransposed(embedding.gradient, z.value, scores);
    products.addColumnSums(bias.gradient, scores);
  }
}
