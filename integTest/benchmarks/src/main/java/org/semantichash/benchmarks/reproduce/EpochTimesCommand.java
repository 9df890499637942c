// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.semantichash.trainer.corpus.Corpus;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusOptions;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.features.Features.FeatureOptions;
import org.semantichash.trainer.features.Split;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.VariationalMethod;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingListener;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Times an epoch of each method on the same documents. */
@Command(
    name = "epochs",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Time an epoch of each method on the same documents.",
      "The methods take turns, so that a busy machine slows all of them; the first turn only warms"
          + " up. Compare the ratios, not the seconds of different runs."
    })
final class EpochTimesCommand implements Callable<Integer> {

  /** Ratios that the papers give: CorrSH's table 3 on TMC, SNUH's section 6 on 20 Newsgroups. */
  private static final Map<List<String>, Double> PAPER_RATIOS = new LinkedHashMap<>();

  static {
    PAPER_RATIOS.put(List.of("corrsh", "nash"), 1.48);
    PAPER_RATIOS.put(List.of("snuh", "vdsh"), 1.28);
  }

  @Parameters(paramLabel = "INPUT", description = "Documents, as for `train`.")
  private Path input;

  @Option(
      names = "--bits",
      defaultValue = "64",
      description = "The width of the codes. Default: ${DEFAULT-VALUE}")
  private int bits;

  @Option(
      names = "--training",
      defaultValue = "11000",
      paramLabel = "DOCUMENTS",
      description = "The most documents per epoch. Default: ${DEFAULT-VALUE}")
  private int training;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Timed turns per method; the fastest counts. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "The number of threads. Default: all processors")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--max-df",
      defaultValue = "0.5",
      description = "As for `train`. Default: ${DEFAULT-VALUE}")
  private double maxDf;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Features features = features();
    Map<String, Double> fastest = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (String name : HashingMethod.names()) {
        HashingMethod method = HashingMethod.named(name, Map.of());
        if (method instanceof VariationalMethod learned) {
          double seconds = seconds(learned, features.training());
          if (round > 0) { // what else the machine does only adds to it
            fastest.merge(name, seconds, Math::min);
          }
          spec.commandLine().getErr().printf(Locale.ROOT, "round %d: %s%n", round, name);
          spec.commandLine().getErr().flush();
        }
      }
    }
    print(features, fastest);
    return 0;
  }

  private Features features() {
    List<Document> documents = Corpus.read(input, CorpusOptions.DEFAULTS).documents();
    double rest = Math.max(0.05, 1 - (double) training / documents.size());
    FeatureOptions defaults = FeatureOptions.DEFAULTS;
    FeatureOptions options =
        new FeatureOptions(
            defaults.analyzer(), defaults.tfIdf(), defaults.minDf(), maxDf, defaults.maxFeatures());
    return Features.of(Split.random(documents, rest, 0, 1), options);
  }

  /** Of an epoch's steps, without validation and without what comes before. */
  private double seconds(VariationalMethod method, Dataset documents) {
    double[] seconds = new double[1];
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochResult result) {
            seconds[0] = result.trainingSeconds();
          }
        };
    TrainingOptions options = options(method);
    method.learn(documents, options, new TrainingLoop(options, n -> 0, listener, () -> false));
    return seconds[0];
  }

  private TrainingOptions options(HashingMethod method) {
    return TrainingOptions.DEFAULTS
        .with(method.trainingDefaults())
        .withBits(bits)
        .withEpochs(1)
        .withThreads(threads);
  }

  private void print(Features features, Map<String, Double> seconds) {
    PrintWriter out = spec.commandLine().getOut();
    int documents = features.training().size();
    out.printf(
        Locale.ROOT,
        "%d documents, %d terms, %d bits, %d threads%n",
        documents,
        features.training().vocabularySize(),
        bits,
        threads);
    seconds.forEach(
        (name, s) ->
            out.printf(
                Locale.ROOT,
                "  %-10s %7.3f s per epoch, %.0f documents/s%n",
                name,
                s,
                documents / s));
    PAPER_RATIOS.forEach(
        (pair, paper) ->
            out.printf(
                Locale.ROOT,
                "  %s / %s: %.2f (paper %.2f)%n",
                pair.get(0),
                pair.get(1),
                seconds.get(pair.get(0)) / seconds.get(pair.get(1)),
                paper));
  }
}
