// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

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
     * @throws java.util.concurrent.CancellationException when the work is to be given up
     */
    void onDocuments(int documents, int of);
  }
}
