// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.learning.Matrix;
import org.semantichash.trainer.learning.Parameter;
import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.Variable;

/**
 * A learned mixture of K normal distributions with diagonal covariances as the prior of z (Dong et
 * al. 2019, equation 3). Its means start apart, or all components would learn the same; its
 * variances start at 1, its weights equal.
 */
final class GaussianMixture {

  private final Parameter mean;
  private final Parameter logVariance;
  private final Parameter mixture;

  GaussianMixture(int components, int bits, SplittableRandom random) {
    Matrix means = new Matrix(components, bits);
    for (int c = 0; c < components; c++) {
      for (int i = 0; i < bits; i++) {
        means.set(c, i, (float) random.nextDouble(-1, 1));
      }
    }
    mean = Parameter.dense("prior_mean", means);
    logVariance = Parameter.dense("prior_log_variance", new Matrix(components, bits));
    mixture = Parameter.dense("mixture", new Matrix(1, components));
  }

  List<Parameter> parameters() {
    return List.of(mean, logVariance, mixture);
  }

  /**
   * The divergence from the prior, [1, 1] in nats.
   *
   * @param posterior q(z|x), [B, bits]
   * @param components logits of q(c|x) [B, K]
   */
  Variable divergence(Tape tape, GaussianPosterior posterior, Variable components) {
    return tape.gaussianMixtureDivergence(
        posterior.mean(), posterior.logVariance(), components, mean, logVariance, mixture);
  }
}
