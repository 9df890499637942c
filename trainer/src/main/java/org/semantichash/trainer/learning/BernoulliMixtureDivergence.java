// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

/**
 * The divergence of a Bernoulli posterior from each component of a Bernoulli-mixture prior, in
 * closed form (Dong et al. 2019, the formulas after equation 9):
 *
 * <pre>
 *   D_c = sum over i of alpha_i log(alpha_i / gamma_ic) + (1 - alpha_i) log((1 - alpha_i) / (1 - gamma_ic))
 * </pre>
 *
 * <p>All probabilities come as logits, so that no logarithm of 0 can occur: with alpha = sigmoid(g)
 * and gamma = sigmoid(G), D_c = sum over i of softplus(G_ic) - alpha_i G_ic - H(alpha_i).
 */
final class BernoulliMixtureDivergence extends MixtureDivergence {

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
      Recording tape, Variable bits, Variable components, Parameter prior, Parameter mixture) {
    super(tape, components, mixture);
    this.bits = bits;
    this.prior = prior;
    alpha = sigmoid(tape, bits.value);
    entropies = entropies();
    gamma = sigmoid(tape, prior.value);
    softplusSums = softplusSums();
  }

  private static Matrix sigmoid(Recording tape, Matrix x) {
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
