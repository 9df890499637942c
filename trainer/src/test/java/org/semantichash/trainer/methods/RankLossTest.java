// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.Optimizer;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.engine.TestTape;
import org.semantichash.trainer.methods.Rbsh.RankLoss;

class RankLossTest {

  private static float loss(float[][] z, float[] first, float[] second, float margin) {
    Tape tape = TestTape.of(1);
    return RankLoss.of(tape, TestTape.variable(tape, z), first, second, margin).scalar();
  }

  /** Distances 1 and 3: right by 2 when the first is more alike, wrong by 2 when the second is. */
  @Test
  void theMoreAlikeDocumentShallBeNearer() {
    float[][] z = {{1, 0, 1, 0}, {1, 0, 1, 1}, {0, 1, 0, 0}};
    assertEquals(0, loss(z, new float[] {0.5f}, new float[] {0.2f}, 1));
    assertEquals(1, loss(z, new float[] {0.5f}, new float[] {0.2f}, 3));
    assertEquals(3, loss(z, new float[] {0.2f}, new float[] {0.5f}, 1));
    assertEquals(2, loss(z, new float[] {0.5f}, new float[] {0.5f}, 1), "equally alike");
  }

  @RepeatedTest(5)
  void itIsTheMeanOverTheDocuments(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int n = 6;
    float[][] z = TestTape.random(3 * n, 5, 0, 1, random);
    for (float[] code : z) {
      for (int i = 0; i < code.length; i++) {
        code[i] = Math.round(code[i]);
      }
    }
    float[] first = TestTape.random(1, n, 0, 1, random)[0];
    float[] second = TestTape.random(1, n, 0, 1, random)[0];
    second[0] = first[0];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double gap = distance(z[i], z[2 * n + i]) - distance(z[i], z[n + i]);
      double sign = Math.signum(first[i] - second[i]);
      sum += sign == 0 ? Math.abs(gap) : Math.max(0, 1 - sign * gap);
    }
    assertEquals(sum / n, loss(z, first, second, 1), 1e-5);
  }

  /** Bits that start at random learn the order that they are told, and nothing else moves them. */
  @Test
  void codesLearnTheOrder() {
    SplittableRandom random = new SplittableRandom(3);
    int n = 8;
    float[][] identity = new float[3 * n][3 * n];
    float[] first = new float[n];
    float[] second = new float[n];
    for (int i = 0; i < 3 * n; i++) {
      identity[i][i] = 1;
      first[i % n] = i % 2;
      second[i % n] = 1 - i % 2;
    }
    Parameter logits = TestTape.parameter(TestTape.random(3 * n, 12, -0.1, 0.1, random));
    float[] losses = new float[600];
    try (Optimizer optimizer = new Optimizer(new Optimizer.Options(0.05, 1, 0), 1, 1)) {
      for (int step = 0; step < losses.length; step++) {
        losses[step] =
            optimizer.step(
                List.of(logits),
                tape -> {
                  Variable own = tape.multiply(TestTape.variable(tape, identity), logits);
                  Variable z = tape.sampleBits(tape.sigmoid(own), 1);
                  return RankLoss.of(tape, z, first, second, 1);
                });
      }
    }
    assertTrue(losses[0] > 0.8, "at first " + losses[0]);
    float last = 0;
    for (int step = 550; step < 600; step++) {
      last += losses[step] / 50;
    }
    assertTrue(last < 0.1, "in the end " + last);
    for (int i = 0; i < n; i++) {
      int gap = 0;
      for (int bit = 0; bit < 12; bit++) {
        boolean d = logits.value().get(i, bit) > 0;
        gap += d == logits.value().get(2 * n + i, bit) > 0 ? 0 : 1;
        gap -= d == logits.value().get(n + i, bit) > 0 ? 0 : 1;
      }
      assertTrue(first[i] > second[i] ? gap > 0 : gap < 0, "document " + i + ": " + gap);
    }
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] == b[i] ? 0 : 1;
    }
    return sum;
  }
}
