// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * Normal noise on the bits that a decoder sees, which falls from step to step (Hansen et al. 2019,
 * "noise infusion"): options [noise] and [noise_steps].
 *
 * @param deviation at the first step, 0 for none
 * @param steps over which it falls to 0
 */
record FallingNoise(double deviation, int steps) {

  static FallingNoise read(OptionReader options) {
    return new FallingNoise(
        options.number("noise", 1, 0, 10), options.integer("noise_steps", 5000, 1));
  }

  /** The standard deviation at a step. */
  float at(long step) {
    return (float) (deviation * Math.max(0, 1 - (double) step / steps));
  }

  /** z plus the noise of the running step. */
  Variable add(Tape tape, Variable z) {
    float sigma = at(tape.step());
    if (sigma == 0) {
      return z;
    }
    Variable logVariance = tape.affine(z, 0, (float) (2 * StrictMath.log(sigma)));
    return tape.addNoise(z, logVariance);
  }
}
