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
package org.semantichash.trainer.reproduce;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.TrainingLoop;
import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.methods.BmshOptions;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.Methods;
import org.semantichash.trainer.report.ValidationScore;

/** Runs the methods of this trainer. */
public final class LearnedMethods implements MethodRunner {

  private final int threads;
  private final BooleanSupplier stopRequested;

  /**
   * A runner.
   *
   * @param threads of each training
   * @param stopRequested asked before each batch; once it says true the training is given up
   */
  public LearnedMethods(int threads, BooleanSupplier stopRequested) {
    this.threads = threads;
    this.stopRequested = stopRequested;
  }

  @Override
  public Outcome run(
      String name,
      boolean supervised,
      Map<String, String> options,
      int bits,
      long seed,
      Features features) {
    SpecCheck.require(supervised == false, "supervised", "be [false] for " + name, true);
    NamedOptions named = new NamedOptions(options);
    TrainingOptions training = training(named, bits, seed);
    HashingMethod method = Methods.named(name, methodOptions(named));
    named.requireAllUsed();
    CourseRecorder recorder = new CourseRecorder();
    HashNetwork network =
        new TrainingLoop(
                training,
                ValidationScore.of(features.training(), features.validation()),
                recorder,
                stopRequested)
            .train(method.objective(features.training(), training), features.training());
    if (stopRequested.getAsBoolean()) {
      throw new CancellationException("interrupted");
    }
    return new Outcome(network, recorder.course());
  }

  private TrainingOptions training(NamedOptions named, int bits, long seed) {
    TrainingOptions defaults = TrainingOptions.DEFAULTS;
    return new TrainingOptions(
        bits,
        named.integer("hidden_units", defaults.hiddenUnits()),
        named.integer("hidden_layers", defaults.hiddenLayers()),
        named.integer("epochs", defaults.epochs()),
        named.integer("patience", defaults.patience()),
        named.integer("batch_size", defaults.batchSize()),
        named.number("learning_rate", defaults.learningRate()),
        named.number("decay", defaults.decay()),
        named.number("keep", defaults.keep()),
        named.number("gradient_clip", defaults.gradientClip()),
        seed,
        threads);
  }

  private static BmshOptions methodOptions(NamedOptions named) {
    BmshOptions defaults = BmshOptions.DEFAULTS;
    return new BmshOptions(
        named.integer("components", defaults.components()),
        named.number("kl_weight", defaults.klWeight()),
        named.integer("kl_warmup", defaults.klWarmup()),
        named.flag("noise", defaults.noise()));
  }
}
