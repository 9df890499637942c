// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;

/**
 * A learned mixture of K Bernoulli vectors as the prior of codes (Dong et al. 2019, equation 7).
 */
final class BernoulliMixture {

  private final Parameter prior;
  private final Parameter mixture;

  BernoulliMixture(int components, int bits, SplittableRandom random) {
    Matrix logits = new Matrix(components, bits);
    for (int c = 0; c < components; c++) {
      for (int i = 0; i < bits; i++) {
        logits.set(c, i, (float) random.nextDouble(-1, 1));
      }
    }
    prior = Parameter.dense("prior", logits);
    mixture = Parameter.dense("mixture", new Matrix(1, components));
  }

  List<Parameter> parameters() {
    return List.of(prior, mixture);
  }

  /**
   * The divergence from the prior, [1, 1] in nats.
   *
   * @param bits logits of q(z = 1|x) [B, bits]
   * @param components logits of q(c|x) [B, K]
   */
  Variable divergence(Tape tape, Variable bits, Variable components) {
    return tape.mixtureDivergence(bits, components, prior, mixture);
  }
}
