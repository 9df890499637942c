// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.engine.TestTape;
import org.semantichash.trainer.methods.CorrSh.BoltzmannPosterior;

/** The Boltzmann machine against an explicit covariance Sigma = D + U U', and all codes. */
class BoltzmannPosteriorTest {

  private static final int BITS = 5;
  private static final int CODES = 1 << BITS;
  private static final int RANK = 3;
  private static final int DRAWS = 60_000;

  /** What is added to the outputs that are log D. */
  private static final double LOG_VARIANCE = -2;

  /** mu, log D + 2, the columns of U. */
  private final float[] outputs =
      TestTape.random(
          1, BoltzmannPosterior.outputs(BITS, RANK), -1.5, 1.5, new SplittableRandom(1))[0];

  private final double[][] covariance = covariance(outputs, RANK);

  private static double[][] covariance(float[] outputs, int rank) {
    double[][] sigma = new double[BITS][BITS];
    for (int i = 0; i < BITS; i++) {
      sigma[i][i] = StrictMath.exp(outputs[BITS + i] + LOG_VARIANCE);
      for (int j = 0; j < BITS; j++) {
        for (int k = 2; k < 2 + rank; k++) {
          sigma[i][j] += (double) outputs[k * BITS + i] * outputs[k * BITS + j];
        }
      }
    }
    return sigma;
  }

  private static float[][] repeated(float[] row, int times) {
    float[][] rows = new float[times][];
    Arrays.fill(rows, row);
    return rows;
  }

  private static float[][] allCodes() {
    float[][] codes = new float[CODES][BITS];
    for (int code = 0; code < CODES; code++) {
      for (int i = 0; i < BITS; i++) {
        codes[code][i] = code >> i & 1;
      }
    }
    return codes;
  }

  private static BoltzmannPosterior posterior(Tape tape, float[][] outputs, int rank) {
    return new BoltzmannPosterior(tape, TestTape.variable(tape, outputs), BITS, rank);
  }

  @Test
  void logProbabilityIsTheProductOfTheBitsAndSumsToOne() {
    Tape tape = TestTape.of(1);
    float[][] codes = allCodes();
    float[] logits = {0.3f, -7, 4, 0, -1.2f};
    Matrix actual =
        posterior(tape, repeated(outputs, CODES), RANK)
            .logProbability(
                TestTape.variable(tape, codes), TestTape.variable(tape, repeated(logits, CODES)))
            .value();
    double sum = 0;
    for (int code = 0; code < CODES; code++) {
      double p = 1;
      for (int i = 0; i < BITS; i++) {
        p /= 1 + StrictMath.exp(codes[code][i] == 1 ? -logits[i] : logits[i]);
      }
      assertEquals(StrictMath.log(p), actual.get(code, 0), 1e-5, "code " + code);
      sum += StrictMath.exp(actual.get(code, 0));
    }
    assertEquals(1, sum, 1e-5);
  }

  /** Within five standard errors. */
  private static void assertMoments(Matrix draws, float[] mean, double[][] covariance) {
    double[] means = new double[BITS];
    double[][] products = new double[BITS][BITS];
    for (int row = 0; row < DRAWS; row++) {
      for (int i = 0; i < BITS; i++) {
        means[i] += draws.get(row, i) / (double) DRAWS;
        for (int j = 0; j < BITS; j++) {
          products[i][j] +=
              ((double) draws.get(row, i) - mean[i]) * (draws.get(row, j) - mean[j]) / DRAWS;
        }
      }
    }
    for (int i = 0; i < BITS; i++) {
      assertEquals(mean[i], means[i], 5 * Math.sqrt(covariance[i][i] / DRAWS), "mean " + i);
      for (int j = 0; j < BITS; j++) {
        double variance = covariance[i][i] * covariance[j][j] + covariance[i][j] * covariance[i][j];
        assertEquals(
            covariance[i][j], products[i][j], 5 * Math.sqrt(variance / DRAWS), i + " and " + j);
      }
    }
  }

  @Test
  void sampledLogitsHaveTheMeanAndTheCovariance() {
    Tape tape = TestTape.of(2);
    Variable logits = posterior(tape, repeated(outputs, DRAWS), RANK).sampleLogits();
    assertMoments(logits.value(), outputs, covariance);
  }

  @Test
  void withRankZeroTheBitsAreIndependent() {
    Tape tape = TestTape.of(3);
    float[] diagonal = Arrays.copyOf(outputs, BoltzmannPosterior.outputs(BITS, 0));
    Variable logits = posterior(tape, repeated(diagonal, DRAWS), 0).sampleLogits();
    assertMoments(logits.value(), diagonal, covariance(diagonal, 0));
  }
}
