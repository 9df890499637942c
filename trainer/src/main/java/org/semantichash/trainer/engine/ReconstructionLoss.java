// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.List;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.StepContext.Variable;

/**
 * How badly a softmax over the vocabulary, linear in z, predicts the words of the documents (Dong
 * et al. 2019, equation 2). The scores of the whole batch [B, vocabulary] become their own gradient
 * in place.
 */
final class ReconstructionLoss {

  /** Few terms for each sum in single precision: 20 of a vocabulary of 10,000. */
  private static final int PARTIAL_SUMS = 512;

  private final StepContext tape;
  private final Variable z;
  private final Parameter embedding;
  private final Parameter bias;
  private final SparseBatch targets;
  private final Matrix scores;

  private ReconstructionLoss(
      StepContext tape, Variable z, Parameter embedding, Parameter bias, SparseBatch targets) {
    this.tape = tape;
    this.z = z;
    this.embedding = embedding;
    this.bias = bias;
    this.targets = targets;
    this.scores = tape.scratch(z.value.rows, embedding.value.columns);
  }

  static Variable of(
      StepContext tape, Variable z, Parameter embedding, Parameter bias, SparseBatch targets) {
    ReconstructionLoss operation = new ReconstructionLoss(tape, z, embedding, bias, targets);
    Variable loss = tape.variable(1, 1);
    loss.value.data[0] = operation.forward();
    tape.onBackward(() -> operation.backward(loss.gradient.data[0]));
    return loss;
  }

  private float forward() {
    tape.products().affine(scores, bias.value, z.value, embedding.value);
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
    float max = kernels.max(data, offset, scores.columns);
    kernels.expShifted(data, offset, scores.columns, max);
    double sum = sum(kernels, data, offset, scores.columns);
    kernels.scale(data, offset, scores.columns, (float) (weights / sum / scores.rows));
    for (int i = 0; i < target.size(); i++) {
      data[offset + target.id(i)] -= target.weight(i) / scores.rows;
    }
    return weights * (max + StrictMath.log(sum)) - weighted;
  }

  /** Sums of every {@link #PARTIAL_SUMS}-th element, then of these: the same on every machine. */
  private static double sum(Kernels kernels, float[] data, int offset, int length) {
    float[] partial = new float[PARTIAL_SUMS];
    for (int i = 0; i < length; i += PARTIAL_SUMS) {
      kernels.addScaled(partial, 0, data, offset + i, Math.min(PARTIAL_SUMS, length - i), 1);
    }
    double sum = 0;
    for (float s : partial) {
      sum += s;
    }
    return sum;
  }

  private void backward(float factor) {
    Products products = tape.products();
    if (factor != 1) {
      products.kernels().scale(scores.data, 0, scores.data.length, factor);
    }
    products.addTransposedRight(z.gradient, scores, embedding.value);
    products.addTransposed(embedding.gradient, z.value, scores);
    products.addColumnSums(bias.gradient, scores);
  }

  /**
   * How badly logits predict the labels of documents: for each label the cross-entropy of a
   * Bernoulli variable, so that a document may have any number of them.
   */
  static final class LabelLoss {

    private LabelLoss() {}

    static Variable of(StepContext tape, Variable logits, List<int[]> labels) {
      Variable loss = tape.variable(1, 1);
      int rows = logits.value.rows;
      int width = logits.value.columns;
      double sum = 0;
      for (float logit : logits.value.data) {
        sum += ElementOperations.softplus(logit);
      }
      for (int row = 0; row < rows; row++) {
        for (int label : labels.get(row)) {
          sum -= logits.value.data[row * width + label];
        }
      }
      loss.value.data[0] = (float) (sum / rows);
      tape.onBackward(
          () -> {
            float scale = loss.gradient.data[0] / rows;
            for (int i = 0; i < logits.gradient.data.length; i++) {
              logits.gradient.data[i] += scale * ElementOperations.sigmoid(logits.value.data[i]);
            }
            for (int row = 0; row < rows; row++) {
              for (int label : labels.get(row)) {
                logits.gradient.data[row * width + label] -= scale;
              }
            }
          });
      return loss;
    }
  }
}
