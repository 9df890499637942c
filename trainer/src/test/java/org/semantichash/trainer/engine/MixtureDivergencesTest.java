// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.semantichash.trainer.engine.StepContext.Variable;

/** The closed forms of the mixture priors against their definitions in double precision. */
class MixtureDivergencesTest {

  private static final int DOCUMENTS = 3;
  private static final int BITS = 5;
  private static final int COMPONENTS = 4;

  private static double[] softmax(float[] logits) {
    double[] p = new double[logits.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = StrictMath.exp(logits[i]);
    }
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }

  /** The probability of a code given as the bits of an integer. */
  private static double probability(int code, float[] logits) {
    double p = 1;
    for (int i = 0; i < logits.length; i++) {
      p /= 1 + StrictMath.exp((code >> i & 1) == 1 ? -logits[i] : logits[i]);
    }
    return p;
  }

  @RepeatedTest(10)
  void bernoulliMixtureEqualsTheSumOverAllCodesAndComponents(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    float[][] bits = TestTape.random(DOCUMENTS, BITS, -6, 6, random);
    float[][] components = TestTape.random(DOCUMENTS, COMPONENTS, -4, 4, random);
    float[][] prior = TestTape.random(COMPONENTS, BITS, -3, 3, random);
    float[][] mixture = TestTape.random(1, COMPONENTS, -3, 3, random);
    double[] pi = softmax(mixture[0]);
    double expected = 0;
    for (int d = 0; d < DOCUMENTS; d++) {
      double[] beta = softmax(components[d]);
      for (int c = 0; c < COMPONENTS; c++) {
        for (int code = 0; code < 1 << BITS; code++) {
          double q = beta[c] * probability(code, bits[d]);
          double p = pi[c] * probability(code, prior[c]);
          expected += q * StrictMath.log(q / p) / DOCUMENTS;
        }
      }
    }
    Tape tape = TestTape.of(1);
    Variable actual =
        tape.mixtureDivergence(
            TestTape.variable(tape, bits),
            TestTape.variable(tape, components),
            TestTape.parameter(prior),
            TestTape.parameter(mixture));
    assertEquals(expected, actual.scalar(), 1e-5 * Math.max(1, expected));
  }

  private static double logDensity(double x, double mean, double logVariance) {
    double apart = x - mean;
    return -0.5
        * (StrictMath.log(2 * Math.PI) + logVariance + apart * apart / StrictMath.exp(logVariance));
  }

  /** KL(q || p) of two normal distributions by the rectangle rule over 20 deviations. */
  private static double integral(double m, double v, double priorMean, double priorLogVariance) {
    double sum = 0;
    double deviation = StrictMath.exp(v / 2);
    double step = deviation / 100;
    for (int i = -1000; i <= 1000; i++) {
      double x = m + i * step;
      double logQ = logDensity(x, m, v);
      sum += step * StrictMath.exp(logQ) * (logQ - logDensity(x, priorMean, priorLogVariance));
    }
    return sum;
  }

  @RepeatedTest(10)
  void gaussianMixtureEqualsTheIntegralsOverAllBitsAndComponents(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    float[][] means = TestTape.random(DOCUMENTS, BITS, -3, 3, random);
    float[][] logVariances = TestTape.random(DOCUMENTS, BITS, -3, 2, random);
    float[][] components = TestTape.random(DOCUMENTS, COMPONENTS, -4, 4, random);
    float[][] priorMeans = TestTape.random(COMPONENTS, BITS, -3, 3, random);
    float[][] priorLogVariances = TestTape.random(COMPONENTS, BITS, -2, 2, random);
    float[][] mixture = TestTape.random(1, COMPONENTS, -3, 3, random);
    double[] pi = softmax(mixture[0]);
    double expected = 0;
    for (int d = 0; d < DOCUMENTS; d++) {
      double[] beta = softmax(components[d]);
      for (int c = 0; c < COMPONENTS; c++) {
        double term = StrictMath.log(beta[c] / pi[c]);
        for (int i = 0; i < BITS; i++) {
          term +=
              integral(means[d][i], logVariances[d][i], priorMeans[c][i], priorLogVariances[c][i]);
        }
        expected += beta[c] * term / DOCUMENTS;
      }
    }
    Tape tape = TestTape.of(1);
    Variable actual =
        tape.gaussianMixtureDivergence(
            TestTape.variable(tape, means),
            TestTape.variable(tape, logVariances),
            TestTape.variable(tape, components),
            TestTape.parameter(priorMeans),
            TestTape.parameter(priorLogVariances),
            TestTape.parameter(mixture));
    assertEquals(expected, actual.scalar(), 1e-5 * Math.max(1, expected));
  }
}
