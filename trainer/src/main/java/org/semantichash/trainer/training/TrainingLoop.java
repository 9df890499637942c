// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Optimizer;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.training.Dataset.Batch;

/**
 * Passes over the documents in batches, in a new order each epoch, and keeps the network of the
 * epoch with the best validation score once the objective is warm. All methods train through this
 * one loop.
 */
public final class TrainingLoop {

  private final TrainingOptions options;
  private final ToDoubleFunction<HashNetwork> validation;
  private final TrainingListener listener;
  private final BooleanSupplier stopRequested;
  private HashNetwork best;
  private double bestScore = Double.NEGATIVE_INFINITY;

  /**
   * A loop.
   *
   * @param options how to train
   * @param validation scores a network after each epoch; higher is better
   * @param listener gets the progress
   * @param stopRequested asked before each batch; once it returns true, the best network so far is
   *     returned
   */
  public TrainingLoop(
      TrainingOptions options,
      ToDoubleFunction<HashNetwork> validation,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    this.options = options;
    this.validation = validation;
    this.listener = listener;
    this.stopRequested = stopRequested;
  }

  /**
   * Reports the progress of the work before the training, and cancels it on request.
   *
   * @throws CancellationException when it is to stop: there is no network yet
   */
  public synchronized void onPreparation(int done, int of) {
    if (stopRequested.getAsBoolean()) {
      throw new CancellationException("interrupted before the first epoch: there is no model yet");
    }
    listener.onPreparation(done, of);
  }

  /** Whether the work is to end, with what there is. */
  public boolean isStopRequested() {
    return stopRequested.getAsBoolean();
  }

  /**
   * Trains an objective.
   *
   * @return the network of the best epoch; when stopped before the first epoch ended, the network
   *     as it is
   * @throws IllegalArgumentException when there are fewer documents than a batch has
   * @throws DivergedException when the loss is no number
   */
  public HashNetwork train(Objective objective, Dataset documents) {
    if (documents.size() < options.batchSize()) {
      throw new IllegalArgumentException(
          "[batch_size] must be at most the number of training documents ["
              + documents.size()
              + "], got ["
              + options.batchSize()
              + "]");
    }
    try (Optimizer optimizer =
        new Optimizer(
            new Optimizer.Options(options.learningRate(), options.decay(), options.gradientClip()),
            options.seed(),
            options.threads())) {
      Epochs epochs = new Epochs(objective, documents, optimizer);
      int sinceBest = 0;
      for (int epoch = 1; epoch <= options.epochs() && sinceBest < options.patience(); epoch++) {
        long start = System.nanoTime();
        double loss = epochs.run(epoch);
        double trained = seconds(start);
        if (stopRequested.getAsBoolean()) {
          break;
        }
        boolean warm = objective.isWarm(optimizer.steps());
        boolean best = validate(objective.network(), epoch, loss, trained, start, warm);
        sinceBest = best || warm == false ? 0 : sinceBest + 1;
        objective.onEpoch(epoch);
      }
    }
    return best == null ? objective.network() : best;
  }

  /** Before the objective is warm each epoch replaces the one before, and any after it those. */
  private boolean validate(
      HashNetwork network, int epoch, double loss, double trained, long start, boolean warm) {
    double score = validation.applyAsDouble(network);
    boolean isBest = best == null || warm == false || score > bestScore;
    if (isBest) {
      best = network;
      bestScore = warm ? score : Double.NEGATIVE_INFINITY;
    }
    listener.onEpoch(
        new TrainingListener.EpochResult(epoch, loss, score, isBest, trained, seconds(start)));
    return isBest;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The steps of all epochs. */
  private final class Epochs {

    private final Objective objective;
    private final Dataset documents;
    private final Optimizer optimizer;
    private final int[] order;
    private final int batches;

    Epochs(Objective objective, Dataset documents, Optimizer optimizer) {
      this.objective = objective;
      this.documents = documents;
      this.optimizer = optimizer;
      this.order = new int[documents.size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      this.batches = documents.size() / options.batchSize(); // the rest comes in another epoch
    }

    /** The mean loss per document. */
    double run(int epoch) {
      shuffle(order, new SplittableRandom(options.seed() * 1_000_003 + epoch));
      long start = System.nanoTime();
      double sum = 0;
      int done = 0;
      while (done < batches && stopRequested.getAsBoolean() == false) {
        sum += step(done);
        done++;
        double seconds = seconds(start);
        listener.onBatch(
            new TrainingListener.BatchProgress(
                epoch,
                options.epochs(),
                done,
                batches,
                sum / done,
                done * options.batchSize() / seconds,
                seconds));
      }
      return sum / Math.max(1, done);
    }

    private float step(int number) {
      Batch batch = batch(number);
      float loss = optimizer.step(objective.parameters(), tape -> objective.loss(tape, batch));
      if (Float.isFinite(loss) == false) {
        throw new DivergedException(optimizer.steps(), loss, options.learningRate(), best);
      }
      return loss;
    }

    private Batch batch(int number) {
      int from = number * options.batchSize();
      return Batch.of(documents, Arrays.copyOfRange(order, from, from + options.batchSize()));
    }
  }

  /** The loss is no number any more; what was good before is kept. */
  public static final class DivergedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient HashNetwork lastGood;

    DivergedException(long step, float loss, double learningRate, HashNetwork lastGood) {
      super(
          "the loss of step ["
              + step
              + "] must be a number, got ["
              + loss
              + "]; try a [learning_rate] below ["
              + learningRate
              + "] or a [gradient_clip]");
      this.lastGood = lastGood;
    }

    private DivergedException(DivergedException e, HashNetwork lastGood) {
      super(e.getMessage(), e);
      this.lastGood = lastGood;
    }

    /** The same with what becomes of the best network before, if there was one. */
    public DivergedException withLastGood(UnaryOperator<HashNetwork> change) {
      return lastGood == null ? this : new DivergedException(this, change.apply(lastGood));
    }

    /** The best network of the epochs before, if there was one. */
    public Optional<HashNetwork> lastGood() {
      return Optional.ofNullable(lastGood);
    }
  }

  /** The loss that a method minimises, and the network that results. */
  public interface Objective {

    /** Everything that is learned, always in the same order. */
    List<Parameter> parameters();

    /**
     * The mean loss of a batch.
     *
     * @return [1, 1], in nats per document
     */
    Variable loss(Tape tape, Batch batch);

    /**
     * Called after each epoch, before the next: a method may choose again what it learns from.
     *
     * @param epoch from 1
     */
    default void onEpoch(int epoch) {}

    /**
     * Whether the loss is what it will be from now on. Epochs before are kept only while there is
     * no later one, however good they are, and do not count as epochs without a gain.
     *
     * @param steps made so far
     */
    default boolean isWarm(long steps) {
      return true;
    }

    /** The encoder as it is now, copied. */
    HashNetwork network();
  }

  /** Puts all of them into a random order. */
  public static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      swap(order, i, random.nextInt(i + 1));
    }
  }

  /** Draws so many of them, which then come first. */
  public static void draw(int[] order, int count, SplittableRandom random) {
    for (int i = 0; i < count; i++) {
      swap(order, i, i + random.nextInt(order.length - i));
    }
  }

  private static void swap(int[] order, int i, int j) {
    int swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
}
