// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.engine.TestTape;
import org.semantichash.trainer.methods.CorrSh.BoltzmannDivergence;
import org.semantichash.trainer.methods.CorrSh.BoltzmannPosterior;

/** The means of the sampled term against what they must be. 40,000 draws, five standard errors. */
class BoltzmannDivergenceTest {

  private static final float[] MEANS = {0.5f, -1.5f, 2, 0, -0.2f};
  private static final int BITS = MEANS.length;
  private static final int DOCUMENTS = 2000;
  private static final int SEEDS = 20;

  /** KL(Bernoulli(sigmoid(logit)) || Bernoulli(1/2)). */
  private static double divergence(double logit) {
    double p = 1 / (1 + StrictMath.exp(-logit));
    return p * StrictMath.log(2 * p) + (1 - p) * StrictMath.log(2 * (1 - p));
  }

  private static double mean(float[] outputs, int rank, int components) {
    float[][] rows = new float[DOCUMENTS][];
    Arrays.fill(rows, outputs);
    double sum = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Tape tape = TestTape.of(seed);
      BoltzmannPosterior posterior =
          new BoltzmannPosterior(tape, TestTape.variable(tape, rows), BITS, rank);
      Variable r = posterior.sampleLogits();
      Variable s = tape.sampleBits(tape.sigmoid(r), 1);
      sum += BoltzmannDivergence.of(tape, posterior, r, s, components).scalar();
    }
    return sum / SEEDS;
  }

  /** Without noise in r every component of the mixture is Bernoulli(sigmoid(mu)). */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void withoutNoiseItIsTheDivergenceOfIndependentBits(int components) {
    double expected =
        Arrays.stream(new double[] {0.5, -1.5, 2, 0, -0.2})
            .map(BoltzmannDivergenceTest::divergence)
            .sum();
    float[] outputs = Arrays.copyOf(MEANS, BoltzmannPosterior.outputs(BITS, 0));
    Arrays.fill(outputs, BITS, outputs.length, -40); // log D
    double deviation = 0.91; // of mu's
    assertEquals(
        expected, mean(outputs, 0, components), 5 * deviation / Math.sqrt(DOCUMENTS * SEEDS));
  }

  /** E over r ~ N(mean, variance) of the divergence, by the rectangle rule. */
  private static double overNormal(double mean, double variance) {
    double sum = 0;
    for (int i = -800; i <= 800; i++) {
      double e = i / 100.0;
      double weight = StrictMath.exp(-e * e / 2) / Math.sqrt(2 * Math.PI) / 100;
      sum += weight * divergence(mean + e * Math.sqrt(variance));
    }
    return sum;
  }

  /** With one component h is p(s|r), and what remains is its divergence, the mean over r. */
  @Test
  void withOneComponentItIsTheMeanDivergenceGivenTheLogits() {
    int rank = 2;
    float[] outputs =
        TestTape.random(1, BoltzmannPosterior.outputs(BITS, rank), -1, 1, new SplittableRandom(1))[
            0];
    double expected = 0;
    for (int i = 0; i < BITS; i++) {
      double variance = StrictMath.exp(outputs[BITS + i] - 2);
      for (int k = 2; k < 2 + rank; k++) {
        variance += outputs[k * BITS + i] * outputs[k * BITS + i];
      }
      expected += overNormal(outputs[i], variance);
    }
    double deviation = 1.6; // more than any of several such outputs had
    assertEquals(expected, mean(outputs, rank, 1), 5 * deviation / Math.sqrt(DOCUMENTS * SEEDS));
  }
}
