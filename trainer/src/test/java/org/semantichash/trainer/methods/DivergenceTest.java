// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.engine.TestTape;

/** The divergences from fixed priors against their definitions in double precision. */
class DivergenceTest {

  /** KL(q || uniform), the sum over all codes. */
  private static double overAllCodes(float[] logits) {
    double sum = 0;
    for (int code = 0; code < 1 << logits.length; code++) {
      double q = 1;
      for (int i = 0; i < logits.length; i++) {
        q /= 1 + StrictMath.exp((code >> i & 1) == 1 ? -logits[i] : logits[i]);
      }
      sum += q * StrictMath.log(q * (1 << logits.length));
    }
    return sum;
  }

  @RepeatedTest(10)
  void bernoulliEqualsTheSumOverAllCodes(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    float[][] logits = TestTape.random(4, 5, -8, 8, random);
    double expected = 0;
    for (float[] row : logits) {
      expected += overAllCodes(row) / logits.length;
    }
    Tape tape = TestTape.of(1);
    float actual = Divergence.bernoulli(tape, TestTape.variable(tape, logits)).scalar();
    assertEquals(expected, actual, 1e-5 * Math.max(1, expected));
  }

  @Test
  void certainBitsCostOneBitEach() {
    Tape tape = TestTape.of(1);
    float[][] logits = {{200, -200, 1e6f}};
    float actual = Divergence.bernoulli(tape, TestTape.variable(tape, logits)).scalar();
    assertEquals(3 * StrictMath.log(2), actual, 0.1); // 1e6 has a step of 0.06
  }

  /** KL(N(m, exp(v)) || N(0, 1)) by the rectangle rule over 20 deviations. */
  private static double integral(double m, double v) {
    double deviation = StrictMath.exp(v / 2);
    double step = deviation / 100;
    double sum = 0;
    for (int i = -1000; i <= 1000; i++) {
      double e = i / 100.0;
      double x = m + deviation * e;
      double density = StrictMath.exp(-e * e / 2) / (deviation * Math.sqrt(2 * Math.PI));
      sum += step * density * (x * x - e * e - v) / 2;
    }
    return sum;
  }

  @RepeatedTest(10)
  void normalEqualsTheIntegralsOfTheBits(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    float[][] means = TestTape.random(3, 6, -4, 4, random);
    float[][] logVariances = TestTape.random(3, 6, -5, 3, random);
    double expected = 0;
    for (int d = 0; d < means.length; d++) {
      for (int i = 0; i < means[d].length; i++) {
        expected += integral(means[d][i], logVariances[d][i]) / means.length;
      }
    }
    Tape tape = TestTape.of(1);
    float actual =
        Divergence.normal(
                tape, TestTape.variable(tape, means), TestTape.variable(tape, logVariances))
            .scalar();
    assertEquals(expected, actual, 1e-5 * Math.max(1, expected));
  }
}
