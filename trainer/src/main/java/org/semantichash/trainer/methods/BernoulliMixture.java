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
package org.semantichash.trainer.methods;

import java.util.List;
import java.util.SplittableRandom;
import org.semantichash.trainer.learning.Matrix;
import org.semantichash.trainer.learning.Parameter;
import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.Variable;

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
