// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Listens to a training, on the thread that trains. */
public interface TrainingListener {

  /** Ignores everything. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * Before the first epoch, where a method has to look at the documents first.
   *
   * @param documents how many are done
   * @param of how many there are
   */
  default void onPreparation(int documents, int of) {}

  /** After each batch. */
  default void onBatch(BatchProgress progress) {}

  /** After each epoch. */
  default void onEpoch(EpochResult result) {}

  /**
   * After the epochs, where a method then learns the codes of its network.
   *
   * @param step the steps done
   * @param of how many there are
   */
  default void onCodeStep(int step, int of) {}

  /** Before the first epoch of a training that goes on: those of before. */
  default void onResume(List<EpochResult> before) {}

  /**
   * The progress of an epoch.
   *
   * @param epoch the running epoch, from 1
   * @param epochs the most epochs there will be
   * @param batch batches done in this epoch
   * @param batches batches in an epoch
   * @param loss mean loss per document over this epoch so far, in nats
   * @param documentsPerSecond the speed over this epoch so far
   * @param secondsInEpoch the time since the epoch began
   */
  record BatchProgress(
      int epoch,
      int epochs,
      int batch,
      int batches,
      double loss,
      double documentsPerSecond,
      double secondsInEpoch) {}

  /**
   * The result of an epoch.
   *
   * @param epoch the epoch, from 1
   * @param meanLoss mean loss per document, in nats
   * @param validationScore the score of the network after it; higher is better
   * @param best whether that is the best score so far
   * @param trainingSeconds what its steps took
   * @param seconds what it took together with the validation
   */
  record EpochResult(
      int epoch,
      double meanLoss,
      double validationScore,
      boolean best,
      double trainingSeconds,
      double seconds) {}

  /** Listens to the work before the first epoch, from any thread. */
  public interface Preparation {

    /** Ignores everything. */
    Preparation NONE = (documents, of) -> {};

    /**
     * Some more documents are done.
     *
     * @param documents how many are done in all
     * @param of how many there are
     * @throws java.util.concurrent.CancellationException when the work is cancelled
     */
    void onDocuments(int documents, int of);
  }

  /** Sums up a training; passes every event on. */
  public static final class TrainingSummary implements TrainingListener {

    private static final int RECENT_EPOCHS = 4;

    /** A rise of the score over these epochs that more of them may go on with. */
    private static final double GAIN_WORTH_MORE = 0.05;

    private final TrainingListener next;
    private final List<EpochResult> results = new ArrayList<>();
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
    public void onCodeStep(int step, int of) {
      next.onCodeStep(step, of);
    }

    @Override
    public void onResume(List<EpochResult> before) {
      results.addAll(before);
      for (EpochResult result : before) {
        epochs = result.epoch();
        bestEpoch = result.best() ? result.epoch() : bestEpoch;
      }
      next.onResume(before);
    }

    @Override
    public void onBatch(BatchProgress progress) {
      epochDocuments = progress.documentsPerSecond() * progress.secondsInEpoch();
      epochSeconds = progress.secondsInEpoch();
      next.onBatch(progress);
    }

    @Override
    public void onEpoch(EpochResult result) {
      results.add(result);
      epochs = result.epoch();
      bestEpoch = result.best() ? result.epoch() : bestEpoch;
      documents += epochDocuments;
      learningSeconds += epochSeconds;
      validationSeconds += result.seconds() - epochSeconds;
      epochDocuments = 0;
      epochSeconds = 0;
      next.onEpoch(result);
    }

    /** The epochs that were run to their end. */
    public List<EpochResult> results() {
      return List.copyOf(results);
    }

    /** How many epochs were run to their end. */
    public int epochs() {
      return epochs;
    }

    /** The epoch whose network was kept, from 1; 0 when none was run to its end. */
    public int bestEpoch() {
      return bestEpoch;
    }

    /**
     * What to do about the number of epochs, if anything. That the last was the best says little,
     * as the score creeps on when the codes are no longer better; and agreement with exact
     * neighbours, the usual score, may rise while precision by labels falls (Stack Overflow, 9 to
     * 18 epochs).
     */
    public Optional<String> advice(int mostEpochs) {
      if (epochs < 2 || bestEpoch != mostEpochs) {
        return Optional.empty();
      }
      int before = Math.max(1, epochs - RECENT_EPOCHS);
      double from = score(before);
      double gain = score(epochs) - from;
      return gain > GAIN_WORTH_MORE * from
          ? Optional.of(
              String.format(
                  Locale.ROOT,
                  "the validation score still rose %s from epoch %d to the last, %d; more --epochs"
                      + " raise it, but not always the precision by subject",
                  from > 0 ? String.format(Locale.ROOT, "by %.0f %%", 100 * gain / from) : "from 0",
                  before,
                  epochs))
          : Optional.empty();
    }

    private double score(int epoch) {
      return results.get(epoch - 1).validationScore();
    }

    /** One line: whole epochs, the best of them, speed of these and of one cut off. */
    public void print(PrintWriter out) {
      double seconds = learningSeconds + epochSeconds;
      out.printf(
          Locale.ROOT,
          "trained %d whole epochs, best %d: %.0f documents/s in %.1f s, and %.1f s of"
              + " validation%n",
          epochs,
          bestEpoch,
          (documents + epochDocuments) / Math.max(1e-9, seconds),
          seconds,
          validationSeconds);
      out.flush();
    }
  }
}
