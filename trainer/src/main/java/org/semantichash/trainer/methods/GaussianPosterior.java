// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;

/**
 * Independent normal variables for the bits of documents.
 *
 * @param mean [B, bits]
 * @param logVariance [B, bits]
 */
record GaussianPosterior(Variable mean, Variable logVariance) {

  /** The standard deviations [B, bits]. */
  Variable deviation(Tape tape) {
    return tape.exp(tape.affine(logVariance, 0.5f, 0));
  }

  /** The expected squares, mean^2 + variance [B, bits]. */
  Variable squares(Tape tape) {
    return tape.add(tape.product(mean, mean), tape.exp(logVariance));
  }

  /** A sample [B, bits]. */
  Variable sample(Tape tape) {
    return tape.addNoise(mean, logVariance);
  }

  /** Some rows. */
  GaussianPosterior rows(Tape tape, int from, int to) {
    return new GaussianPosterior(tape.rows(mean, from, to), tape.rows(logVariance, from, to));
  }
}
