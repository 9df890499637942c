// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.TestTape;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;

/** Least squares for tags and topics. */
class ShttmTest {

  private static final int BITS = 5;

  private static Shttm.Factors factors(String rounds) {
    SplittableRandom random = new SplittableRandom(4);
    double[][] topics = new double[30][BITS];
    List<int[]> labels = new ArrayList<>();
    for (double[] row : topics) {
      float[] values = TestTape.random(1, BITS, 0, 1, random)[0];
      for (int k = 0; k < BITS; k++) {
        row[k] = values[k];
      }
      int label = random.nextInt(4);
      labels.add(label == 3 ? new int[] {0, 3} : new int[] {label});
    }
    Shttm method = (Shttm) HashingMethod.named("shttm", Map.of("rounds", rounds));
    return method.new Factors(labels, topics);
  }

  @Test
  void theObjectiveFallsFromRoundToRound() {
    double last = Double.MAX_VALUE;
    for (String rounds : List.of("1", "2", "4", "8")) {
      Shttm.Factors factors = factors(rounds);
      factors.solved();
      assertTrue(factors.objective() < last, rounds + " rounds: " + factors.objective());
      last = factors.objective();
    }
  }

  /** No vector of a document can be moved so that the objective falls: Y is the least, given U. */
  @Test
  void everyVectorIsTheBestGivenTheTags() {
    Shttm.Factors factors = factors("3");
    double[][] y = factors.solved();
    double least = factors.objective();
    for (int document = 0; document < y.length; document += 7) {
      for (int k = 0; k < BITS; k++) {
        for (double step : new double[] {-1e-3, 1e-3}) {
          y[document][k] += step;
          assertTrue(factors.objective() > least);
          y[document][k] -= step;
        }
      }
    }
  }

  @Test
  void documentsMustHaveLabels() {
    Dataset labelled = TopicDocuments.of(60, 3, 1);
    Dataset none =
        new Dataset(
            labelled.vectors(),
            labelled.vectors().stream().map(unused -> new int[0]).toList(),
            labelled.vocabularySize());
    TrainingOptions options = TrainingOptions.DEFAULTS.withBits(8);
    TrainingLoop loop = new TrainingLoop(options, n -> 0, TrainingListener.NONE, () -> false);
    assertEquals(
        "[shttm] needs training documents with at least [2] different labels, got [0]",
        assertThrows(
                IllegalArgumentException.class,
                () -> HashingMethod.named("shttm", Map.of()).learn(none, options, loop))
            .getMessage());
  }
}
