// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import org.semantichash.trainer.engine.StepContext.Variable;

/**
 * The two divergences of the lower bound with a mixture of K priors, in closed form (Dong et al.
 * 2019, the last two terms of equation 6):
 *
 * <pre>
 *   sum over c of beta_c (log beta_c - log pi_c + D_c)
 * </pre>
 *
 * <p>with beta = q(c|x) and pi = p(c), both given as logits. D_c, the divergence of q(z|x) from
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
  MixtureDivergence(StepContext tape, Variable components, Parameter mixture) {
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

  /** Passes back what is easier to compute for all components of a document together. */
  abstract void documentBackward(int row, float scale);

  final float beta(int row, int c) {
    return beta.get(row, c);
  }

  final int components() {
    return beta.columns;
  }

  /** The mean over the documents [1, 1], recorded. */
  final Variable on(StepContext tape) {
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

  /**
   * The divergence of a Bernoulli posterior from each component of a Bernoulli-mixture prior, in
   * closed form (Dong et al. 2019, the formulas after equation 9):
   *
   * <pre>
   *   D_c = sum over i of alpha_i log(alpha_i / gamma_ic) + (1 - alpha_i) log((1 - alpha_i) / (1 - gamma_ic))
   * </pre>
   *
   * <p>All probabilities come as logits, so that no logarithm of 0 can occur: with alpha =
   * sigmoid(g) and gamma = sigmoid(G), D_c = sum over i of softplus(G_ic) - alpha_i G_ic -
   * H(alpha_i).
   */
  static final class BernoulliMixtureDivergence extends MixtureDivergence {

    private final Variable bits;
    private final Parameter prior;

    private final Matrix alpha;

    /** The entropy of q(z|x) of each document. */
    private final double[] entropies;

    /** sigmoid of the prior's logits. */
    private final Matrix gamma;

    /** For each component the sum of softplus over the prior's logits. */
    private final double[] softplusSums;

    BernoulliMixtureDivergence(
        StepContext tape, Variable bits, Variable components, Parameter prior, Parameter mixture) {
      super(tape, components, mixture);
      this.bits = bits;
      this.prior = prior;
      alpha = sigmoid(tape, bits.value);
      entropies = entropies();
      gamma = sigmoid(tape, prior.value);
      softplusSums = softplusSums();
    }

    private static Matrix sigmoid(StepContext tape, Matrix x) {
      Matrix y = tape.zeros(x.rows, x.columns);
      for (int i = 0; i < y.data.length; i++) {
        y.data[i] = ElementOperations.sigmoid(x.data[i]);
      }
      return y;
    }

    private double[] entropies() {
      double[] entropies = new double[alpha.rows];
      for (int row = 0; row < entropies.length; row++) {
        for (int i = 0; i < alpha.columns; i++) {
          float g = bits.value.get(row, i);
          entropies[row] += ElementOperations.softplus(g) - (double) alpha.get(row, i) * g;
        }
      }
      return entropies;
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

    @Override
    double plusDivergence(double logRatio, int row, int c) {
      double cross = softplusSums[c];
      for (int i = 0; i < alpha.columns; i++) {
        cross -= (double) alpha.get(row, i) * prior.value.get(c, i);
      }
      return logRatio + cross - entropies[row];
    }

    @Override
    void componentBackward(int row, int c, float scaledBeta) {
      for (int i = 0; i < alpha.columns; i++) {
        prior.gradient.data[c * alpha.columns + i] +=
            scaledBeta * (gamma.get(c, i) - alpha.get(row, i));
      }
    }

    @Override
    void documentBackward(int row, float scale) {
      for (int i = 0; i < alpha.columns; i++) {
        float expected = 0;
        for (int c = 0; c < components(); c++) {
          expected += beta(row, c) * prior.value.get(c, i);
        }
        float a = alpha.get(row, i);
        bits.gradient.data[row * alpha.columns + i] +=
            scale * a * (1 - a) * (bits.value.get(row, i) - expected);
      }
    }
  }

  /**
   * The divergence of a Gaussian posterior from each component of a Gaussian-mixture prior, in
   * closed form (Dong et al. 2019, the last two terms of equation 6 with the prior of equation 3):
   *
   * <pre>
   *   D_c = 1/2 sum over i of (V_ci - v_i + (exp(v_i) + (m_i - M_ci)^2) / exp(V_ci) - 1)
   * </pre>
   *
   * <p>with m and v the means and log variances of the posterior, M and V those of the components.
   */
  static final class GaussianMixtureDivergence extends MixtureDivergence {

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
        StepContext tape,
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

    private static Matrix exp(StepContext tape, Matrix x, int sign) {
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
}
