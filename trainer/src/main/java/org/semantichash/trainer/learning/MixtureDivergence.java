// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

/**
 * The two divergences of the lower bound with a mixture of K priors, in closed form (Dong et al.
 * 2019, the last two terms of equation 6):
 *
 * <pre>
 *   sum over c of beta_c (log beta_c - log pi_c + D_c)
 * </pre>
 *
 * <p>with beta = q(c|x) and pi = p(c), both told as logits. D_c, the divergence of q(z|x) from
 * p(z|c), and what it passes back are left to the kind of mixture.
 */
abstract class MixtureDivergence {

  private final Variable components;
  private final Parameter mixture;

  private final Matrix beta;

  /** For each document and component: log beta - log pi + D. */
  private final Matrix terms;

  private final float[] pi;

  /**
   * The divergences of a batch.
   *
   * @param components logits of beta [B, K]
   * @param mixture logits of pi [1, K]
   */
  MixtureDivergence(Recording tape, Variable components, Parameter mixture) {
    this.components = components;
    this.mixture = mixture;
    beta = tape.zeros(components.value.rows, components.value.columns);
    terms = tape.zeros(beta.rows, beta.columns);
    pi = mixture.value.toArray();
  }

  /** log beta - log pi of a component with its D_c of a document added. */
  abstract double plusDivergence(double logRatio, int row, int c);

  /** Passes back what D_c of a document adds to the loss. */
  abstract void componentBackward(int row, int c, float scaledBeta);

  /** Passes back what is easier told for all components of a document together. */
  abstract void documentBackward(int row, float scale);

  final float beta(int row, int c) {
    return beta.get(row, c);
  }

  final int components() {
    return beta.columns;
  }

  /** The mean over the documents [1, 1], recorded. */
  final Variable on(Recording tape) {
    Variable loss = tape.variable(1, 1);
    loss.value.data[0] = forward();
    tape.onBackward(() -> backward(loss.gradient.data[0]));
    return loss;
  }

  private float forward() {
    ElementOperations.softmaxInPlace(pi, 0, pi.length);
    System.arraycopy(components.value.data, 0, beta.data, 0, beta.data.length);
    double sum = 0;
    for (int row = 0; row < beta.rows; row++) {
      ElementOperations.softmaxInPlace(beta.data, row * beta.columns, beta.columns);
      for (int c = 0; c < beta.columns; c++) {
        double b = Math.max(beta.get(row, c), Float.MIN_NORMAL);
        double p = Math.max(pi[c], Float.MIN_NORMAL);
        double term = plusDivergence(StrictMath.log(b) - StrictMath.log(p), row, c);
        terms.set(row, c, (float) term);
        sum += b * term;
      }
    }
    return (float) (sum / beta.rows);
  }

  private void backward(float factor) {
    float scale = factor / beta.rows;
    for (int row = 0; row < beta.rows; row++) {
      double expected = 0;
      for (int c = 0; c < beta.columns; c++) {
        expected += (double) beta.get(row, c) * terms.get(row, c);
      }
      for (int c = 0; c < beta.columns; c++) {
        float b = beta.get(row, c);
        components.gradient.data[row * beta.columns + c] +=
            (float) (scale * b * (terms.get(row, c) - expected));
        mixture.gradient.data[c] += scale * (pi[c] - b);
        componentBackward(row, c, scale * b);
      }
      documentBackward(row, scale);
    }
  }
}
