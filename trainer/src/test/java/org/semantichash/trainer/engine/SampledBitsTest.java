// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.StepContext.Variable;

/** The shares of ones among sampled bits, within five of their standard errors. */
class SampledBitsTest {

  private static final int DRAWS = 100_000;

  private static void assertShares(BiFunction<Tape, Variable, Variable> sampling) {
    SplittableRandom random = new SplittableRandom(1);
    float[] logits = TestTape.random(1, 9, -5, 5, random)[0];
    logits[4] = 0;
    float[][] rows = new float[DRAWS][];
    java.util.Arrays.fill(rows, logits);
    Tape tape = TestTape.of(2);
    Matrix bits = sampling.apply(tape, TestTape.variable(tape, rows)).value();
    for (int i = 0; i < logits.length; i++) {
      double ones = 0;
      for (int row = 0; row < DRAWS; row++) {
        ones += bits.get(row, i);
      }
      double p = 1 / (1 + StrictMath.exp(-logits[i]));
      assertEquals(p, ones / DRAWS, 5 * Math.sqrt(p * (1 - p) / DRAWS), "logit " + logits[i]);
    }
  }

  @Test
  void relaxedBitsAreOneWithTheSigmoidOfTheLogitAtEveryTemperature() {
    for (float temperature : new float[] {0.1f, 1, 5}) {
      assertShares((tape, logits) -> tape.relaxedBits(logits, temperature));
    }
  }

  @Test
  void sampledBitsAreOneWithTheirProbability() {
    assertShares((tape, logits) -> tape.sampleBits(tape.sigmoid(logits), 1));
  }
}
