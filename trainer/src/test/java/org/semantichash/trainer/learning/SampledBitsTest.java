/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

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
