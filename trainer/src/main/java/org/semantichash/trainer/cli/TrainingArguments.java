// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.semantichash.trainer.evaluation.ValidationScore;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.HashingMethod.Preset;
import org.semantichash.trainer.training.TrainingOptions;
import picocli.CommandLine.Option;

/**
 * How the network is learned. What is not given is left to the method, and what that leaves open to
 * the defaults; values are checked where they are used, not here.
 */
final class TrainingArguments {

  private final Map<String, String> given = new TreeMap<>();

  @Option(
      names = "--method",
      defaultValue = "auto",
      description = "The method; `semantic-hash methods` lists all. Default: ${DEFAULT-VALUE}")
  private String method;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "tuned",
      description =
          "The settings of the method where none are given: tuned (the best on validation documents"
              + " of the collections measured) or published (those of its paper and its authors'"
              + " code). Default: ${DEFAULT-VALUE}")
  private String preset;

  @Option(
      names = {"-O", "--option"},
      paramLabel = "NAME=VALUE",
      description = "An option of the method, see `semantic-hash methods`; may be repeated.")
  private Map<String, String> methodOptions = new LinkedHashMap<>();

  @Option(
      names = "--supervised",
      description = "Also learn from labels, which not every method can. Default: from texts only")
  private boolean supervised;

  @Option(names = "--bits", paramLabel = "N", description = "Bits per code, 4 to 4096. Default: 64")
  void bits(int value) {
    given.put("bits", Integer.toString(value));
  }

  @Option(
      names = "--hidden-units",
      paramLabel = "N",
      description = "Units per hidden layer. Default: 500")
  void hiddenUnits(int value) {
    given.put("hidden_units", Integer.toString(value));
  }

  @Option(
      names = "--hidden-layers",
      paramLabel = "N",
      description = "The number of hidden layers, 0 to 2. Default: the method's")
  void hiddenLayers(int value) {
    given.put("hidden_layers", Integer.toString(value));
  }

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "The largest number of passes over the documents. Default: 150000 documents in all, from 5"
              + " to 60 passes")
  void epochs(int value) {
    given.put("epochs", Integer.toString(value));
  }

  @Option(
      names = "--patience",
      paramLabel = "EPOCHS",
      description = "Stop after this many epochs without a better validation score. Default: 4")
  void patience(int value) {
    given.put("patience", Integer.toString(value));
  }

  @Option(
      names = "--batch-size",
      paramLabel = "DOCUMENTS",
      description =
          "Documents per step. Default: one in 80 of the training documents, from 10 to 100")
  void batchSize(int value) {
    given.put("batch_size", Integer.toString(value));
  }

  @Option(
      names = "--learning-rate",
      paramLabel = "N",
      description = "The initial learning rate of Adam. Default: the method's")
  void learningRate(double value) {
    given.put("learning_rate", Double.toString(value));
  }

  @Option(
      names = "--decay",
      paramLabel = "N",
      description = "The factor on the learning rate per 10,000 steps. Default: 0.96")
  void decay(double value) {
    given.put("decay", Double.toString(value));
  }

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "The share of hidden units that dropout keeps. Default: 0.5")
  void keep(double value) {
    given.put("keep", Double.toString(value));
  }

  @Option(
      names = "--gradient-clip",
      paramLabel = "N",
      description =
          "The largest norm of the gradients of a step, 0 for no limit. Default: the method's")
  void gradientClip(double value) {
    given.put("gradient_clip", Double.toString(value));
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "The seed of every random choice; the same seed gives the same model. Default: 1")
  void seed(long value) {
    given.put("seed", Long.toString(value));
  }

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "The number of threads; the result does not depend on it. Default: all processors")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--choose-by",
      paramLabel = "WHAT",
      description =
          "How the best epoch is chosen: neighbours (agreement with the nearest by exact TF-IDF"
              + " cosine) or labels (some documents, but not most, must share one)."
              + " Default: neighbours, with --supervised labels")
  private EpochChoice chooseBy;

  /** What chooses the best epoch. */
  private enum EpochChoice {
    NEIGHBOURS,
    LABELS
  }

  /**
   * What chooses the best epoch.
   *
   * @throws IllegalArgumentException when labels are to do it and cannot
   */
  ValidationScore score(Features features) {
    return choice() == EpochChoice.LABELS
        ? ValidationScore.byLabels(features.training(), features.validation())
        : ValidationScore.byNeighbours(features.training(), features.validation());
  }

  /** What the model file keeps besides the options of method and training. */
  Map<String, String> toProperties() {
    return Map.of("choose_by", choice().name().toLowerCase(Locale.ROOT), "preset", preset);
  }

  private EpochChoice choice() {
    if (chooseBy != null) {
      return chooseBy;
    }
    return supervised ? EpochChoice.LABELS : EpochChoice.NEIGHBOURS;
  }

  HashingMethod method() {
    Map<String, String> options = new TreeMap<>(methodOptions);
    if (supervised) {
      options.put("supervised", "true");
    }
    return HashingMethod.named(method, Preset.named(preset), options);
  }

  /** What is given, the method's defaults, and those for so many training documents. */
  TrainingOptions toOptions(HashingMethod chosen, int documents) {
    return TrainingOptions.forDocuments(documents)
        .with(chosen.trainingDefaults())
        .with(given)
        .withThreads(threads);
  }
}
