// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

/**
 * The divergence of a Gaussian posterior from each component of a Gaussian-mixture prior, in closed
 * form (Dong et al. 2019, the last two terms of equation 6 with the prior of equation 3):
 *
 * <pre>
 *   D_c = 1/2 sum over i of (V_ci - v_i + (exp(v_i) + (m_i - M_ci)^2) / exp(V_ci) - 1)
 * </pre>
 *
 * <p>with m and v the means and log variances of the posterior, M and V those of the components.
 */
final class GaussianMixtureDivergence extends MixtureDivergence {

  private final Variable mean;
  private final Variable logVariance;
  private final Parameter priorMean;
  private final Parameter priorLogVariance;

  private final int bits;

  /** exp(v) of each document. */
  private final Matrix variance;

  /** exp(-V) of each component. */
  private final Matrix precision;

  GaussianMixtureDivergence(
      Recording tape,
      Variable mean,
      Variable logVariance,
      Variable components,
      Parameter priorMean,
      Parameter priorLogVariance,
      Parameter mixture) {
    super(tape, components, mixture);
    this.mean = mean;
    this.logVariance = logVariance;
    this.priorMean = priorMean;
    this.priorLogVariance = priorLogVariance;
    bits = mean.value.columns;
    variance = exp(tape, logVariance.value, 1);
    precision = exp(tape, priorLogVariance.value, -1);
  }

  private static Matrix exp(Recording tape, Matrix x, int sign) {
    Matrix y = tape.zeros(x.rows, x.columns);
    for (int i = 0; i < y.data.length; i++) {
      y.data[i] = (float) StrictMath.exp(sign * x.data[i]);
    }
    return y;
  }

  @Override
  double plusDivergence(double logRatio, int row, int c) {
    double sum = 0;
    for (int i = 0; i < bits; i++) {
      double apart = (double) mean.value.get(row, i) - priorMean.value.get(c, i);
      sum += priorLogVariance.value.get(c, i) - logVariance.value.get(row, i) - 1.0;
      sum += (variance.get(row, i) + apart * apart) * precision.get(c, i);
    }
    return logRatio + sum / 2;
  }

  @Override
  void componentBackward(int row, int c, float scaledBeta) {
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

  /** Nothing: all is passed back by the components. */
  @Override
  void documentBackward(int row, float scale) {}
}
