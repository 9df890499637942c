// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.trainer.learning.Tape;
import org.semantichash.trainer.learning.Variable;

/**
 * What an edge of a spanning tree adds to the divergence of its two ends (Ou et al. 2021, section
 * 4.2): KL(q(z_i, z_j) || p(z_i, z_j)) - KL(q(z_i) || p(z_i)) - KL(q(z_j) || p(z_j)), with p of
 * correlation rho = lambda a_ij (equation 12) and q of correlation gamma (13), in closed form. For
 * each bit, with m and s^2 the means and variances and r = rho:
 *
 * <pre>
 *   1/2 [ (s_i^2 + s_j^2 - 2 r gamma s_i s_j + m_i^2 + m_j^2 - 2 r m_i m_j) / (1 - r^2)
 *         - (s_i^2 + s_j^2 + m_i^2 + m_j^2) + log(1 - r^2) - log(1 - gamma^2) ]
 * </pre>
 */
final class TreeDivergence {

  private TreeDivergence() {}

  /**
   * The mean over the edges [1, 1], in nats.
   *
   * @param first mean and log variance of one end [edges, bits]
   * @param second of the other
   * @param gamma correlation of the posterior [edges, bits], or null for none
   * @param rho correlation of the prior, one number an edge; 0 where there is no edge
   */
  static Variable of(
      Tape tape, GaussianPosterior first, GaussianPosterior second, Variable gamma, float[] rho) {
    Variable squares = tape.add(first.squares(tape), second.squares(tape));
    Variable cross = tape.product(first.mean(), second.mean());
    if (gamma != null) {
      Variable deviations = tape.product(first.deviation(tape), second.deviation(tape));
      cross = tape.add(cross, tape.product(gamma, deviations));
    }
    Variable terms =
        tape.add(
            tape.scaleRows(squares, squareFactors(rho)), tape.scaleRows(cross, crossFactors(rho)));
    if (gamma != null) {
      terms = tape.add(terms, tape.scaleRows(tape.log1mSquare(gamma), edgeFactors(rho)));
    }
    return tape.affine(tape.meanOfRowSums(terms), 1, constant(rho, first.mean().value().columns()));
  }

  /** 1/2 (1 / (1 - r^2) - 1). */
  private static float[] squareFactors(float[] rho) {
    float[] factors = new float[rho.length];
    for (int i = 0; i < rho.length; i++) {
      factors[i] = 0.5f * rho[i] * rho[i] / (1 - rho[i] * rho[i]);
    }
    return factors;
  }

  /** - r / (1 - r^2). */
  private static float[] crossFactors(float[] rho) {
    float[] factors = new float[rho.length];
    for (int i = 0; i < rho.length; i++) {
      factors[i] = -rho[i] / (1 - rho[i] * rho[i]);
    }
    return factors;
  }

  /** - 1/2 where there is an edge. */
  private static float[] edgeFactors(float[] rho) {
    float[] factors = new float[rho.length];
    for (int i = 0; i < rho.length; i++) {
      factors[i] = rho[i] == 0 ? 0 : -0.5f;
    }
    return factors;
  }

  /** The mean of bits / 2 log(1 - r^2). */
  private static float constant(float[] rho, int bits) {
    double sum = 0;
    for (float r : rho) {
      sum += StrictMath.log1p(-(double) r * r);
    }
    return (float) (sum * bits / 2 / rho.length);
  }
}
