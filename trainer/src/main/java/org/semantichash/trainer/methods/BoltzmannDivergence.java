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

import java.util.ArrayList;
import java.util.List;
import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.Variable;

/**
 * What stands in for the divergence of a Boltzmann machine from Bernoulli(1/2), whose normalisation
 * is intractable (Zheng et al. 2020, equations 23 and 24): log h_k(s~) + E(s~) - E(s) - log p(s),
 * with h_k(s) = 1/k sum over i of p(s|r_i).
 */
final class BoltzmannDivergence {

  private static final float LN2 = (float) StrictMath.log(2);

  private BoltzmannDivergence() {}

  /**
   * The mean over the documents [1, 1], in nats.
   *
   * @param s the sampled bits that the words are told from [B, bits]
   * @param components k
   * @param gradientFactor of the gradient that passes straight through s~
   */
  static Variable of(
      Tape tape, BoltzmannPosterior posterior, Variable s, int components, float gradientFactor) {
    List<Variable> logits = new ArrayList<>();
    for (int i = 0; i < components; i++) {
      logits.add(posterior.sampleLogits());
    }
    Variable other = tape.sampleBits(tape.sigmoid(logits.get(0)), gradientFactor);
    List<Variable> logProbabilities = new ArrayList<>();
    for (Variable r : logits) {
      logProbabilities.add(posterior.logProbability(other, r));
    }
    Variable mixture = tape.logSumExp(logProbabilities);
    Variable energies =
        tape.combine(1, posterior.negativeEnergy(s), -1, posterior.negativeEnergy(other));
    float constant = posterior.bits() * LN2 - (float) StrictMath.log(components);
    return tape.affine(tape.meanOfRowSums(tape.add(mixture, energies)), 1, constant);
  }
}
