// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Sums up a training; passes every event on. */
public final class TrainingSummary implements TrainingListener {

  private final TrainingListener next;
  private int epochs;
  private int bestEpoch;
  private double documents;
  private double learningSeconds;
  private double validationSeconds;
  private double epochDocuments;
  private double epochSeconds;

  /** A summary of one training. */
  public TrainingSummary(TrainingListener next) {
    this.next = next;
  }

  @Override
  public void onPreparation(int documents, int of) {
    next.onPreparation(documents, of);
  }

  @Override
  public void onBatch(BatchProgress progress) {
    epochDocuments = progress.documentsPerSecond() * progress.secondsInEpoch();
    epochSeconds = progress.secondsInEpoch();
    next.onBatch(progress);
  }

  @Override
  public void onEpoch(EpochResult result) {
    epochs = result.epoch();
    bestEpoch = result.best() ? result.epoch() : bestEpoch;
    documents += epochDocuments;
    learningSeconds += epochSeconds;
    validationSeconds += result.seconds() - epochSeconds;
    epochDocuments = 0;
    epochSeconds = 0;
    next.onEpoch(result);
  }

  /** How many epochs were run to their end. */
  public int epochs() {
    return epochs;
  }

  /** The epoch whose network was kept, from 1; 0 when none was run to its end. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** What to do about the number of epochs, if anything. */
  public Optional<String> advice(int mostEpochs) {
    return epochs > 1 && bestEpoch == mostEpochs
        ? Optional.of(
            "the last epoch was the best: more than --epochs " + mostEpochs + " may be better")
        : Optional.empty();
  }

  /** One line: whole epochs, the best of them, speed of these and of one cut off. */
  public void print(PrintWriter out) {
    double seconds = learningSeconds + epochSeconds;
    out.printf(
        Locale.ROOT,
        "trained %d whole epochs, best %d: %.0f documents/s in %.1f s, and %.1f s of validation%n",
        epochs,
        bestEpoch,
        (documents + epochDocuments) / Math.max(1e-9, seconds),
        seconds,
        validationSeconds);
    out.flush();
  }
}
