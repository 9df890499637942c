// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.engine.TestTape;
import org.semantichash.trainer.methods.Snuh.TreeDivergence;

/** The closed form of an edge against the divergence of two normal vectors of two elements. */
class TreeDivergenceTest {

  private static final int EDGES = 4;
  private static final int BITS = 5;

  /**
   * KL(N((a, b), [u w; w v]) || N(0, [1 r; r 1])) = (tr P^-1 S + m'P^-1 m - 2 + log |P|/|S|) / 2.
   */
  private static double pair(double a, double b, double u, double v, double w, double r) {
    double determinant = 1 - r * r;
    double trace = (u + v - 2 * r * w) / determinant;
    double square = (a * a + b * b - 2 * r * a * b) / determinant;
    return (trace + square - 2 + StrictMath.log(determinant / (u * v - w * w))) / 2;
  }

  private final float[][][] values = new float[5][][];
  private final float[] rho = {0.3f, 0, 0.95f, -0.6f};

  private void draw(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    for (int i = 0; i < 4; i++) {
      values[i] = TestTape.random(EDGES, BITS, -2, 2, random);
    }
    values[4] = TestTape.random(EDGES, BITS, -0.95, 0.95, random);
  }

  /** The mean over the edges; the root, of rho 0, adds nothing. */
  private double expected(boolean correlated) {
    double sum = 0;
    for (int e = 0; e < EDGES; e++) {
      for (int i = 0; i < BITS && rho[e] != 0; i++) {
        double a = values[0][e][i];
        double b = values[2][e][i];
        double u = StrictMath.exp(values[1][e][i]);
        double v = StrictMath.exp(values[3][e][i]);
        double w = correlated ? values[4][e][i] * Math.sqrt(u * v) : 0;
        sum += pair(a, b, u, v, w, rho[e]) - pair(a, b, u, v, 0, 0);
      }
    }
    return sum / EDGES;
  }

  private double actual(boolean correlated) {
    Tape tape = TestTape.of(1);
    Variable[] v = new Variable[values.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = TestTape.variable(tape, values[i]);
    }
    GaussianPosterior first = new GaussianPosterior(v[0], v[1]);
    GaussianPosterior second = new GaussianPosterior(v[2], v[3]);
    return TreeDivergence.of(tape, first, second, correlated ? v[4] : null, rho).scalar();
  }

  @RepeatedTest(10)
  void anEdgeWithACorrelatedPosteriorIsTheGeneralFormula(RepetitionInfo repetition) {
    draw(repetition);
    assertEquals(expected(true), actual(true), 2e-5 * Math.max(1, Math.abs(expected(true))));
  }

  @RepeatedTest(10)
  void anEdgeWithoutCorrelationIsTheGeneralFormula(RepetitionInfo repetition) {
    draw(repetition);
    assertEquals(expected(false), actual(false), 2e-5 * Math.max(1, Math.abs(expected(false))));
  }
}
