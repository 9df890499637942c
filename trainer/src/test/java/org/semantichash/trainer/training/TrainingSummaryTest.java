// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.training.TrainingListener.TrainingSummary;

class TrainingSummaryTest {

  private final List<Object> heard = new ArrayList<>();

  private final TrainingSummary summary =
      new TrainingSummary(
          new TrainingListener() {
            @Override
            public void onBatch(BatchProgress progress) {
              heard.add(progress);
            }

            @Override
            public void onEpoch(EpochResult result) {
              heard.add(result);
            }
          });

  private String printed() {
    StringWriter text = new StringWriter();
    summary.print(new PrintWriter(text));
    return text.toString().trim();
  }

  private void batch(int epoch, double documentsPerSecond, double seconds) {
    summary.onBatch(
        new TrainingListener.BatchProgress(epoch, 9, 1, 2, 0.5, documentsPerSecond, seconds));
  }

  private void epoch(int epoch, boolean best, double seconds) {
    summary.onEpoch(new TrainingListener.EpochResult(epoch, 0.5, 0.7, best, seconds, seconds));
  }

  private Optional<String> advice(int most, double... scores) {
    double best = 0;
    for (int i = 0; i < scores.length; i++) {
      boolean isBest = scores[i] > best;
      summary.onEpoch(new TrainingListener.EpochResult(i + 1, 0.5, scores[i], isBest, 1, 1));
      best = Math.max(best, scores[i]);
    }
    return summary.advice(most);
  }

  @Test
  void moreEpochsAreAdvisedWhereTheScoreStillRises() {
    assertEquals(
        Optional.of(
            "the validation score still rose by 25 % from epoch 2 to the last, 6; more --epochs raise"
                + " it, but not always the precision by subject"),
        advice(6, 0.1, 0.2, 0.21, 0.22, 0.23, 0.25));
  }

  @Test
  void fewEpochsAreComparedWithTheFirst() {
    assertEquals(
        Optional.of(
            "the validation score still rose by 10 % from epoch 1 to the last, 2; more --epochs raise"
                + " it, but not always the precision by subject"),
        advice(2, 0.1, 0.11));
  }

  /** As codes of few bits have it that find no neighbour at first: no share of nothing is told. */
  @Test
  void aRiseFromNothingHasNoPercentage() {
    assertEquals(
        Optional.of(
            "the validation score still rose from 0 from epoch 1 to the last, 3; more --epochs raise"
                + " it, but not always the precision by subject"),
        advice(3, 0, 0.1, 0.2));
  }

  /** The last is the best here, but only just. */
  @Test
  void aScoreThatCreepsIsNoReasonForMoreEpochs() {
    assertEquals(Optional.empty(), advice(6, 0.1, 0.2, 0.201, 0.202, 0.203, 0.204));
  }

  @Test
  void aBestEpochBeforeTheLastOrPatienceIsNoReasonEither() {
    assertEquals(Optional.empty(), advice(4, 0.1, 0.2, 0.3, 0.25));
    assertEquals(Optional.empty(), summary.advice(9));
  }

  /** 600 documents in 6 seconds, 400 in 2, and 500 in 4 before the third epoch was cut off. */
  @Test
  void wholeEpochsCountAndTheSpeedIsThatOfAllLearning() {
    batch(1, 50, 2);
    batch(1, 100, 6);
    epoch(1, true, 7);
    batch(2, 200, 2);
    epoch(2, false, 4.5);
    batch(3, 125, 4);
    assertEquals(2, summary.epochs());
    assertEquals(1, summary.bestEpoch());
    assertEquals(6, heard.size());
    assertEquals(
        "trained 2 whole epochs, best 1: 125 documents/s in 12.0 s, and 3.5 s of validation",
        printed());
  }

  @Test
  void noEpochIsNoBestEpoch() {
    batch(1, 50, 2);
    assertEquals(0, summary.bestEpoch());
    assertEquals(
        "trained 0 whole epochs, best 0: 50 documents/s in 2.0 s, and 0.0 s of validation",
        printed());
  }
}
