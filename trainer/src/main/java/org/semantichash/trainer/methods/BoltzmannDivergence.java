// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayList;
import java.util.List;
import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.Variable;

/**
 * What stands in for the divergence of a Boltzmann machine from Bernoulli(1/2), whose normalisation
 * is intractable (Zheng et al. 2020, equations 23 and 24): log h_k(s~) + E(s~) - E(s) - log p(s),
 * with h_k(s) = 1/k sum over i of p(s|r_i).
 *
 * <p>Here s~ is s, drawn from r_1 = r: all r_i are drawn alike, so both expectations stay what they
 * are, but the energies, which else differ by chance only, cancel in every step.
 */
final class BoltzmannDivergence {

  private static final float LN2 = (float) StrictMath.log(2);

  private BoltzmannDivergence() {}

  /**
   * The mean over the documents [1, 1], in nats.
   *
   * @param r the logits that s was sampled from [B, bits]
   * @param s the sampled bits that the words are told from [B, bits]
   * @param components k
   */
  static Variable of(
      Tape tape, BoltzmannPosterior posterior, Variable r, Variable s, int components) {
    List<Variable> logProbabilities = new ArrayList<>();
    logProbabilities.add(posterior.logProbability(s, r));
    for (int i = 1; i < components; i++) {
      logProbabilities.add(posterior.logProbability(s, posterior.sampleLogits()));
    }
    float constant = s.value().columns() * LN2 - (float) StrictMath.log(components);
    return tape.affine(tape.meanOfRowSums(tape.logSumExp(logProbabilities)), 1, constant);
  }
}
