// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.features.Split;
import org.semantichash.trainer.learning.TrainingOptions;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.methods.LearnedMethod;
import org.semantichash.trainer.methods.Methods;
import org.semantichash.trainer.report.EpochTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Times an epoch of each method on the same documents. */
@Command(
    name = "benchmark",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Time an epoch of each method on the same documents.",
      "The methods take turns, so that a busy machine slows all of them; the first turn only warms"
          + " up. Compare the ratios, not the seconds of different runs."
    })
final class BenchmarkCommand implements Callable<Integer> {

  /** Ratios that the papers give: CorrSH's table 3 on TMC, SNUH's section 6 on 20 Newsgroups. */
  private static final Map<List<String>, Double> PAPER_RATIOS = new LinkedHashMap<>();

  static {
    PAPER_RATIOS.put(List.of("corrsh", "nash"), 1.48);
    PAPER_RATIOS.put(List.of("snuh", "vdsh"), 1.28);
  }

  @Parameters(paramLabel = "INPUT", description = "Documents, as for `train`.")
  private Path input;

  @Option(names = "--bits", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}")
  private int bits;

  @Option(
      names = "--training",
      defaultValue = "11000",
      paramLabel = "DOCUMENTS",
      description = "Documents in an epoch, if there are as many. Default: ${DEFAULT-VALUE}")
  private int training;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Timed turns of each method; the fastest counts. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: all processors")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private CorpusArguments corpusArguments;
  @Mixin private FeatureArguments featureArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Features features = features();
    EpochTimes times = new EpochTimes(features.training());
    for (int round = 0; round <= rounds; round++) {
      for (String name : Methods.names()) {
        HashingMethod method = Methods.named(name, Map.of());
        if (method instanceof LearnedMethod learned) {
          times.run(learned, options(method), round > 0);
          spec.commandLine().getErr().printf(Locale.ROOT, "round %d: %s%n", round, name);
          spec.commandLine().getErr().flush();
        }
      }
    }
    print(features, times.fastest());
    return 0;
  }

  private Features features() {
    var documents = corpusArguments.read(input, 1).documents();
    double rest = Math.max(0.05, 1 - (double) training / documents.size());
    return Features.of(Split.random(documents, rest, 0, 1), featureArguments.toOptions());
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
                "  %-10s %7.3f s an epoch, %.0f documents/s%n",
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
