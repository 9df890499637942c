// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.semantichash.benchmarks.reproduce.MethodRunner.Outcome;
import org.semantichash.benchmarks.reproduce.Row.Course;
import org.semantichash.benchmarks.reproduce.Row.RowKey;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.evaluation.ValidationScore;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.HashingMethod.Preset;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingLoop.DivergedException;
import org.semantichash.trainer.training.TrainingOptions;

/** Runs the methods of this trainer. */
public final class LearnedMethods implements MethodRunner {

  /** The names of the training options; all other options are the method's. */
  private static final Set<String> TRAINING = trainingNames();

  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private final int threads;
  private final BooleanSupplier stopRequested;

  /**
   * A runner.
   *
   * @param threads of each training
   * @param stopRequested asked before each batch; once it returns true the training is cancelled
   */
  public LearnedMethods(int threads, BooleanSupplier stopRequested) {
    this.threads = threads;
    this.stopRequested = stopRequested;
  }

  private static Set<String> trainingNames() {
    Set<String> names = new TreeSet<>(TrainingOptions.DEFAULTS.toProperties().keySet());
    names.removeAll(Set.of("bits", "seed"));
    return names;
  }

  @Override
  public Outcome run(RowKey key, Map<String, String> options, Features features) {
    Map<String, String> trainingOptions = new TreeMap<>(options);
    trainingOptions.keySet().retainAll(TRAINING);
    Map<String, String> methodOptions = new TreeMap<>(options);
    methodOptions.keySet().removeAll(TRAINING);
    if (key.supervised()) {
      methodOptions.put("supervised", "true");
    }
    HashingMethod method =
        HashingMethod.named(key.method(), Preset.named(key.preset()), methodOptions);
    TrainingOptions training =
        TrainingOptions.DEFAULTS
            .with(method.trainingDefaults())
            .with(trainingOptions)
            .withBits(key.bits())
            .withSeed(key.seed())
            .withThreads(threads);
    CourseRecorder recorder = new CourseRecorder();
    HashNetwork network = learn(method, training, features, recorder);
    if (stopRequested.getAsBoolean()) {
      throw new CancellationException("interrupted");
    }
    return new Outcome(network, recorder.course());
  }

  @Override
  public String digest(RowKey key) {
    return digests.computeIfAbsent(
        key.method() + "/" + key.preset() + "/" + key.supervised(),
        unused -> MethodDigest.of(key.method(), Preset.named(key.preset()), key.supervised()));
  }

  /** By labels, as the papers have it, where there are any. */
  private static ValidationScore score(Features features) {
    return features.validation().isLabelled()
        ? ValidationScore.byLabels(features.training(), features.validation())
        : ValidationScore.byNeighbours(features.training(), features.validation());
  }

  /** The best network, also when the training diverged after it, as the verb train does. */
  private HashNetwork learn(
      HashingMethod method, TrainingOptions training, Features features, CourseRecorder recorder) {
    ValidationScore score = score(features);
    try {
      return method.learn(
          features.training(),
          training,
          new TrainingLoop(training, score, recorder, stopRequested));
    } catch (DivergedException e) {
      return e.lastGood().orElseThrow(() -> e);
    }
  }

  /** Keeps what the rows tell about a training. */
  static final class CourseRecorder implements TrainingListener {

    private final List<Double> seconds = new ArrayList<>();
    private double secondsInEpoch;
    private EpochResult best;

    @Override
    public void onBatch(BatchProgress progress) {
      secondsInEpoch = progress.secondsInEpoch();
    }

    @Override
    public void onEpoch(EpochResult result) {
      seconds.add(secondsInEpoch);
      best = result.best() ? result : best;
    }

    Course course() {
      if (best == null) {
        return Course.NONE; // computed, not trained in epochs
      }
      List<Double> sorted = seconds.stream().sorted().toList();
      int middle = sorted.size() / 2;
      double median =
          sorted.size() % 2 == 1
              ? sorted.get(middle)
              : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
      return new Course(best.validationScore(), median, sorted.size(), best.epoch());
    }
  }
}
