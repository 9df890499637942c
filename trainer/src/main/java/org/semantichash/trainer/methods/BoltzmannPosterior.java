// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.Variable;

/**
 * A Boltzmann machine over the bits of each document (Zheng et al. 2020, equations 9 and 25): b(s)
 * proportional to exp(s'Sigma s / 2 + mu's) with Sigma = D + U U' of low rank, from the outputs of
 * an encoder: mu [B, bits], log D [B, bits], U [B, rank * bits].
 */
final class BoltzmannPosterior {

  /** Where log D starts: deviation 0.37. */
  private static final float LOG_VARIANCE = -2;

  private final Tape tape;
  private final Variable mean;
  private final Variable logVariance;
  private final Variable factors;

  /** The number of outputs that an encoder needs for it. */
  static int outputs(int bits, int rank) {
    return (2 + rank) * bits;
  }

  BoltzmannPosterior(Tape tape, Variable outputs, int bits, int rank) {
    this.tape = tape;
    mean = tape.columns(outputs, 0, bits);
    logVariance = tape.affine(tape.columns(outputs, bits, 2 * bits), 1, LOG_VARIANCE);
    factors = rank == 0 ? null : tape.columns(outputs, 2 * bits, outputs(bits, rank));
  }

  /** r ~ N(mu, Sigma) [B, bits], the logits of bits (equation 26). */
  Variable sampleLogits() {
    Variable diagonal = tape.addNoise(mean, logVariance);
    return factors == null ? diagonal : tape.addLowRankNoise(diagonal, factors);
  }

  /** log of the product over the bits of Bernoulli(s; sigmoid(logits)) [B, 1]. */
  Variable logProbability(Variable s, Variable logits) {
    return tape.logBernoulli(s, logits);
  }
}
