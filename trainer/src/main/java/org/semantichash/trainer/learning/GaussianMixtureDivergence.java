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
 * The two divergences of the lower bound for a Gaussian posterior and a Gaussian-mixture prior, in
 * closed form (Dong et al. 2019, the last two terms of equation 6 with the prior of equation 3):
 *
 * <pre>
 *   sum over c of beta_c (log beta_c - log pi_c + D_c)
 *   D_c = 1/2 sum over i of (V_ci - v_i + (exp(v_i) + (m_i - M_ci)^2) / exp(V_ci) - 1)
 * </pre>
 *
 * <p>with m and v the means and log variances of the posterior, M and V those of the components.
 */
final class GaussianMixtureDivergence {

  private final Variable mean;
  private final Variable logVariance;
  private final Variable components;
  private final Parameter priorMean;
  private final Parameter priorLogVariance;
  private final Parameter mixture;

  private final int bits;

  /** exp(v) of each document. */
  private final Matrix variance;

  /** exp(-V) of each component. */
  private final Matrix precision;

  private final Matrix beta;

  /** For each document and component: log beta - log pi + D. */
  private final Matrix terms;

  private final float[] pi;

  private GaussianMixtureDivergence(
      Tape tape,
      Variable mean,
      Variable logVariance,
      Variable components,
      Parameter priorMean,
      Parameter priorLogVariance,
      Parameter mixture) {
    this.mean = mean;
    this.logVariance = logVariance;
    this.components = components;
    this.priorMean = priorMean;
    this.priorLogVariance = priorLogVariance;
    this.mixture = mixture;
    bits = mean.value.columns;
    variance = exp(tape, logVariance.value, 1);
    precision = exp(tape, priorLogVariance.value, -1);
    beta = tape.zeros(components.value.rows, components.value.columns);
    terms = tape.zeros(beta.rows, beta.columns);
    pi = mixture.value.toArray();
  }

  private static Matrix exp(Tape tape, Matrix x, int sign) {
    Matrix y = tape.zeros(x.rows, x.columns);
    for (int i = 0; i < y.data.length; i++) {
      y.data[i] = (float) StrictMath.exp(sign * x.data[i]);
    }
    return y;
  }

  static Variable of(
      Tape tape,
      Variable mean,
      Variable logVariance,
      Variable components,
      Parameter priorMean,
      Parameter priorLogVariance,
      Parameter mixture) {
    GaussianMixtureDivergence operation =
        new GaussianMixtureDivergence(
            tape, mean, logVariance, components, priorMean, priorLogVariance, mixture);
    Variable loss = tape.variable(1, 1);
    loss.value.data[0] = operation.forward();
    tape.onBackward(() -> operation.backward(loss.gradient.data[0]));
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
        double term = StrictMath.log(b) - StrictMath.log(p) + divergence(row, c);
        terms.set(row, c, (float) term);
        sum += b * term;
      }
    }
    return (float) (sum / beta.rows);
  }

  /** D_c of a document. */
  private double divergence(int row, int c) {
    double sum = 0;
    for (int i = 0; i < bits; i++) {
      double apart = (double) mean.value.get(row, i) - priorMean.value.get(c, i);
      sum += priorLogVariance.value.get(c, i) - logVariance.value.get(row, i) - 1.0;
      sum += (variance.get(row, i) + apart * apart) * precision.get(c, i);
    }
    return sum / 2;
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
        divergenceBackward(row, c, scale * b);
      }
    }
  }

  private void divergenceBackward(int row, int c, float scaledBeta) {
    for (int i = 0; i < bits; i++) {
      int own = row * bits + i;
      int prior = c * bits + i;
      float p = precision.data[prior];
      float s = variance.data[own];
      float apart = mean.value.data[own] - priorMean.value.data[prior];
      mean.gradient.data[own] += scaledBeta * apart * p;
      priorMean.gradient.data[prior] -= scaledBeta * apart * p;
      logVariance.gradient.data[own] += scaledBeta * (s * p - 1) / 2;
      priorLogVariance.gradient.data[prior] += scaledBeta * (1 - (s + apart * apart) * p) / 2;
    }
  }
}
