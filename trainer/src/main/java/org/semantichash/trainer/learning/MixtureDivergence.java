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

/**
 * The two divergences of the lower bound for a Bernoulli posterior and a Bernoulli-mixture prior,
 * in closed form (Dong et al. 2019, the formulas after equation 9):
 *
 * <pre>
 *   sum over c of beta_c (log beta_c - log pi_c + D_c)
 *   D_c = sum over i of alpha_i log(alpha_i / gamma_ic) + (1 - alpha_i) log((1 - alpha_i) / (1 - gamma_ic))
 * </pre>
 *
 * <p>All probabilities come as logits, so that no logarithm of 0 can occur: with alpha = sigmoid(g)
 * and gamma = sigmoid(G), D_c = sum over i of softplus(G_ic) - alpha_i G_ic - H(alpha_i).
 */
final class MixtureDivergence {

  private final Variable bits;
  private final Parameter prior;
  private final Parameter mixture;
  private final Variable components;

  private final Matrix alpha;
  private final Matrix beta;

  /** For each document and component: log beta - log pi + D. */
  private final Matrix terms;

  private final float[] pi;

  /** sigmoid of the prior's logits. */
  private final Matrix gamma;

  private MixtureDivergence(
      Tape tape, Variable bits, Variable components, Parameter prior, Parameter mixture) {
    this.bits = bits;
    this.components = components;
    this.prior = prior;
    this.mixture = mixture;
    this.alpha = tape.zeros(bits.value.rows, bits.value.columns);
    this.beta = tape.zeros(components.value.rows, components.value.columns);
    this.terms = tape.zeros(beta.rows, beta.columns);
    this.pi = mixture.value.toArray();
    this.gamma = tape.zeros(prior.value.rows, prior.value.columns);
  }

  static Variable of(
      Tape tape, Variable bits, Variable components, Parameter prior, Parameter mixture) {
    MixtureDivergence operation = new MixtureDivergence(tape, bits, components, prior, mixture);
    Variable loss = tape.variable(1, 1);
    loss.value.data[0] = operation.forward();
    tape.onBackward(() -> operation.backward(loss.gradient.data[0]));
    return loss;
  }

  private float forward() {
    ElementOperations.softmaxInPlace(pi, 0, pi.length);
    for (int i = 0; i < gamma.data.length; i++) {
      gamma.data[i] = ElementOperations.sigmoid(prior.value.data[i]);
    }
    System.arraycopy(components.value.data, 0, beta.data, 0, beta.data.length);
    double[] softplusSums = softplusSums();
    double sum = 0;
    for (int row = 0; row < beta.rows; row++) {
      ElementOperations.softmaxInPlace(beta.data, row * beta.columns, beta.columns);
      double entropy = posteriorEntropy(row);
      for (int c = 0; c < beta.columns; c++) {
        double cross = softplusSums[c];
        for (int i = 0; i < alpha.columns; i++) {
          cross -= (double) alpha.get(row, i) * prior.value.get(c, i);
        }
        double b = Math.max(beta.get(row, c), Float.MIN_NORMAL);
        double term = StrictMath.log(b) - StrictMath.log(pi[c]) + cross - entropy;
        terms.set(row, c, (float) term);
        sum += b * term;
      }
    }
    return (float) (sum / beta.rows);
  }

  private double[] softplusSums() {
    double[] sums = new double[prior.value.rows];
    for (int c = 0; c < sums.length; c++) {
      for (int i = 0; i < prior.value.columns; i++) {
        sums[c] += ElementOperations.softplus(prior.value.get(c, i));
      }
    }
    return sums;
  }

  /** The entropy of q(z|x) of a document, and its alpha on the way. */
  private double posteriorEntropy(int row) {
    double entropy = 0;
    for (int i = 0; i < alpha.columns; i++) {
      float g = bits.value.get(row, i);
      float a = ElementOperations.sigmoid(g);
      alpha.set(row, i, a);
      entropy += ElementOperations.softplus(g) - (double) a * g;
    }
    return entropy;
  }

  private void backward(float factor) {
    float scale = factor / beta.rows;
    for (int row = 0; row < beta.rows; row++) {
      double mean = 0;
      for (int c = 0; c < beta.columns; c++) {
        mean += (double) beta.get(row, c) * terms.get(row, c);
      }
      for (int c = 0; c < beta.columns; c++) {
        float b = beta.get(row, c);
        components.gradient.data[row * beta.columns + c] +=
            (float) (scale * b * (terms.get(row, c) - mean));
        mixture.gradient.data[c] += scale * (pi[c] - b);
        priorBackward(row, c, scale * b);
      }
      bitsBackward(row, scale);
    }
  }

  private void priorBackward(int row, int c, float scaledBeta) {
    for (int i = 0; i < alpha.columns; i++) {
      prior.gradient.data[c * alpha.columns + i] +=
          scaledBeta * (gamma.get(c, i) - alpha.get(row, i));
    }
  }

  private void bitsBackward(int row, float scale) {
    for (int i = 0; i < alpha.columns; i++) {
      float expected = 0;
      for (int c = 0; c < beta.columns; c++) {
        expected += beta.get(row, c) * prior.value.get(c, i);
      }
      float a = alpha.get(row, i);
      bits.gradient.data[row * alpha.columns + i] +=
          scale * a * (1 - a) * (bits.value.get(row, i) - expected);
    }
  }
}
