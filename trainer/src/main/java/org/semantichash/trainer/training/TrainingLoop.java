// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.Optimizer;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingListener.EpochResult;
import org.semantichash.trainer.training.TrainingState.BrokenEpoch;

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
  private final List<EpochResult> epochs = new ArrayList<>();
  private Optional<TrainingState> from = Optional.empty();
  private Consumer<TrainingState> end = state -> {};
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

  /** Goes on from here instead of the beginning. */
  public void resume(TrainingState state) {
    from = Optional.of(state);
  }

  /**
   * Gives the state to this when the training ends, also on request, unless the objective cannot go
   * on. Its arrays are those that are learned: they are to be used at once.
   */
  public void onEnd(Consumer<TrainingState> sink) {
    end = sink;
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

  /** Reports the progress of the work after the epochs; false once it is to end as it is. */
  public boolean onCodeStep(int done, int of) {
    if (stopRequested.getAsBoolean()) {
      return false;
    }
    listener.onCodeStep(done, of);
    return true;
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
      Epochs passes = new Epochs(objective, documents, optimizer);
      from.ifPresent(passes::resume);
      passes.runAll();
      objective.memory().ifPresent(memory -> end.accept(passes.state(memory)));
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
    epochs.add(new EpochResult(epoch, loss, score, isBest, trained, seconds(start)));
    listener.onEpoch(epochs.getLast());
    return isBest;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The steps of all epochs, and where among them the training is. */
  private final class Epochs {

    private final Objective objective;
    private final Dataset documents;
    private final Optimizer optimizer;
    private final int[] order;
    private final int batches;
    private int epoch = 1;
    private int done; // batches of this epoch
    private double lossSum; // of these
    private int sinceBest;

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

    void runAll() {
      for (; epoch <= options.epochs() && sinceBest < options.patience(); epoch++) {
        long start = System.nanoTime();
        run();
        double trained = seconds(start);
        if (stopRequested.getAsBoolean()) {
          return;
        }
        boolean warm = objective.isWarm(optimizer.steps());
        double loss = lossSum / Math.max(1, done); // the mean per document
        boolean best = validate(objective.network(), epoch, loss, trained, start, warm);
        sinceBest = best || warm == false ? 0 : sinceBest + 1;
        objective.onEpoch(epoch);
        done = 0;
        lossSum = 0;
      }
    }

    /** What is left of this epoch. */
    private void run() {
      shuffle();
      int before = done;
      long start = System.nanoTime();
      while (done < batches && stopRequested.getAsBoolean() == false) {
        lossSum += step(done);
        done++;
        double seconds = seconds(start);
        listener.onBatch(
            new TrainingListener.BatchProgress(
                epoch,
                options.epochs(),
                done,
                batches,
                lossSum / done,
                (done - before) * options.batchSize() / seconds,
                seconds));
      }
    }

    /** Puts the documents into the order of this epoch, which comes from that of the one before. */
    private void shuffle() {
      TrainingLoop.shuffle(order, new SplittableRandom(options.seed() * 1_000_003 + epoch));
    }

    TrainingState state(List<float[]> memory) {
      return new TrainingState(
          Map.of(),
          epochs,
          new BrokenEpoch(done, lossSum),
          sinceBest,
          bestScore,
          Optional.ofNullable(best),
          optimizer.steps(),
          objective.parameters().stream().flatMap(parameter -> parameter.state().stream()).toList(),
          memory);
    }

    void resume(TrainingState state) {
      List<float[]> parameters = state(List.of()).parameters();
      require(parameters.size() == state.parameters().size());
      for (int i = 0; i < parameters.size(); i++) {
        float[] kept = state.parameters().get(i);
        require(parameters.get(i).length == kept.length);
        System.arraycopy(kept, 0, parameters.get(i), 0, kept.length);
      }
      objective.restore(state.memory());
      optimizer.resume(state.steps());
      for (EpochResult result : state.epochs()) {
        shuffle();
        epochs.add(result);
        epoch++;
      }
      done = state.next().batches();
      lossSum = state.next().lossSum();
      sinceBest = state.sinceBest();
      bestScore = state.bestScore();
      best = state.best().orElse(null);
      listener.onResume(state.epochs());
    }

    private void require(boolean fits) {
      if (fits == false) {
        throw new IllegalArgumentException("the state is that of another network");
      }
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

    /**
     * What it needs to go on besides its parameters; empty when it cannot go on. Most choose
     * nothing while they are trained.
     */
    default Optional<List<float[]>> memory() {
      return Optional.of(List.of());
    }

    /** Goes on with what {@link #memory} gave to another objective of the same documents. */
    default void restore(List<float[]> memory) {}

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
