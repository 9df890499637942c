// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;

/** Divergences of a posterior from a fixed prior: means over the documents [1, 1], in nats. */
final class Divergence {

  private static final float LN2 = (float) StrictMath.log(2);

  private Divergence() {}

  /**
   * KL(Bernoulli(alpha) || Bernoulli(1/2)), the sum over the bits of alpha log(2 alpha) + (1 -
   * alpha) log(2 (1 - alpha)), from the logits of alpha [B, bits].
   */
  static Variable bernoulli(Tape tape, Variable logits) {
    Variable expected = tape.product(tape.sigmoid(logits), logits);
    Variable bits = tape.combine(1, expected, -1, tape.softplus(logits));
    return tape.meanOfRowSums(tape.affine(bits, 1, LN2));
  }

  /** KL(N(mean, exp(logVariance)) || N(0, 1)), the sum over the columns. */
  static Variable normal(Tape tape, Variable mean, Variable logVariance) {
    return tape.meanOfRowSums(normalTerms(tape, mean, logVariance));
  }

  /** The same for each element [B, bits]: (exp(v) + m^2 - 1 - v) / 2. */
  static Variable normalTerms(Tape tape, Variable mean, Variable logVariance) {
    Variable spread = tape.combine(0.5f, tape.exp(logVariance), -0.5f, logVariance);
    return tape.affine(tape.combine(1, spread, 0.5f, tape.product(mean, mean)), 1, -0.5f);
  }
}
