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
package org.semantichash.trainer.cli;

import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.methods.BmshOptions;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.Methods;
import picocli.CommandLine.Option;

/** How the network is learned. */
final class TrainingArguments {

  @Option(
      names = "--bits",
      defaultValue = "64",
      description = "Width of the codes, 4 to 4096. Default: ${DEFAULT-VALUE}")
  private int bits;

  @Option(
      names = "--method",
      defaultValue = "bmsh",
      description =
          "bmsh (Bernoulli-mixture prior) or nash (Bernoulli prior)."
              + " Default: ${DEFAULT-VALUE}")
  private String method;

  @Option(
      names = "--hidden-units",
      defaultValue = "500",
      description = "Units of each hidden layer. Default: ${DEFAULT-VALUE}")
  private int hiddenUnits;

  @Option(
      names = "--hidden-layers",
      defaultValue = "1",
      description = "Hidden layers, 1 or 2. Default: ${DEFAULT-VALUE}")
  private int hiddenLayers;

  @Option(
      names = "--epochs",
      defaultValue = "20",
      description = "Most passes over the documents. Default: ${DEFAULT-VALUE}")
  private int epochs;

  @Option(
      names = "--patience",
      defaultValue = "4",
      paramLabel = "EPOCHS",
      description =
          "End after this many epochs without a better validation score."
              + " Default: ${DEFAULT-VALUE}")
  private int patience;

  @Option(
      names = "--batch-size",
      defaultValue = "100",
      paramLabel = "DOCUMENTS",
      description = "Documents a step. Default: ${DEFAULT-VALUE}")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.002",
      description = "Of Adam, at the start. Default: ${DEFAULT-VALUE}")
  private double learningRate;

  @Option(
      names = "--decay",
      defaultValue = "0.96",
      description = "Factor on the learning rate every 10,000 steps. Default: ${DEFAULT-VALUE}")
  private double decay;

  @Option(
      names = "--keep",
      defaultValue = "0.8",
      description = "Share of hidden units that dropout keeps. Default: ${DEFAULT-VALUE}")
  private double keep;

  @Option(
      names = "--gradient-clip",
      defaultValue = "0",
      description = "Largest norm of a step's gradients, 0 for none. Default: ${DEFAULT-VALUE}")
  private double gradientClip;

  @Option(
      names = "--components",
      defaultValue = "20",
      description = "bmsh: components of the prior; 1 is NASH's prior. Default: ${DEFAULT-VALUE}")
  private int components;

  @Option(
      names = "--kl-weight",
      defaultValue = "0.02",
      description = "Weight of the divergences from the prior. Default: ${DEFAULT-VALUE}")
  private double klWeight;

  @Option(
      names = "--kl-warmup",
      defaultValue = "1000",
      paramLabel = "STEPS",
      description = "Steps over which that weight grows from 0. Default: ${DEFAULT-VALUE}")
  private int klWarmup;

  @Option(
      names = "--noise",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Add noise to the bits before they are decoded. Default: ${DEFAULT-VALUE}")
  private boolean noise;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Of every random choice; the same seed gives the same model."
              + " Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the result does not depend on them. Default: all processors")
  private int threads = Runtime.getRuntime().availableProcessors();

  TrainingOptions toOptions() {
    return new TrainingOptions(
        bits,
        hiddenUnits,
        hiddenLayers,
        epochs,
        patience,
        batchSize,
        learningRate,
        decay,
        keep,
        gradientClip,
        seed,
        threads);
  }

  HashingMethod method() {
    return Methods.named(method, new BmshOptions(components, klWeight, klWarmup, noise));
  }

  long seed() {
    return seed;
  }
}
