// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.semantichash.TextHasher;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.cli.CorpusArguments.SeedArgument;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.evaluation.Evaluation;
import org.semantichash.trainer.evaluation.PairedDifference.ModelComparison;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.features.Split;
import org.semantichash.trainer.training.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a model on labelled documents. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measure how well a model's codes find documents with the same label.",
      "Without --database, a random fifth of the input is searched for in the rest.",
      "With two models, also the difference between them on the same queries, with its standard"
          + " error."
    })
final class EvaluateCommand implements Callable<Integer> {

  private static final double QUERY_SHARE = 0.2;

  @Parameters(
      arity = "2..3",
      paramLabel = "MODEL [MODEL] INPUT",
      hideParamSyntax = true,
      description =
          "One or two model files, and labelled documents: the queries. With two models the"
              + " second is compared with the first.")
  private List<Path> files;

  @Option(
      names = "--database",
      paramLabel = "INPUT",
      description = "The labelled documents to search, usually the training documents.")
  private Path database;

  @Option(
      names = "--k",
      defaultValue = "100",
      description = "The number of nearest documents that count. Default: ${DEFAULT-VALUE}")
  private int k;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private SeedArgument seed;
  @Mixin private CorpusArguments corpusArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<EncoderModel> models =
        files.subList(0, files.size() - 1).stream().map(FileArguments::readModel).toList();
    Path input = files.getLast();
    List<Document> queries = corpusArguments.read(input, seed.value()).documents();
    List<Document> searched;
    if (database == null) {
      Split<Document> split = Split.random(queries, QUERY_SHARE, 0, seed.value());
      queries = split.validation();
      searched = split.training();
    } else {
      searched = corpusArguments.read(database, seed.value()).documents();
    }
    Evaluation first = evaluate(models.getFirst(), queries, searched);
    if (models.size() == 1) {
      show(first.toMap(), first::print);
    } else {
      ModelComparison both =
          new ModelComparison(first, evaluate(models.getLast(), queries, searched));
      List<String> names = files.subList(0, 2).stream().map(Path::toString).toList();
      show(both.toMap(), out -> both.print(out, names));
    }
    return 0;
  }

  private void show(Map<String, Object> figures, Consumer<PrintWriter> table) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(figures));
    } else {
      table.accept(out);
    }
  }

  private Evaluation evaluate(EncoderModel model, List<Document> queries, List<Document> searched) {
    List<Document> all = new ArrayList<>(queries);
    all.addAll(searched);
    try (TextAnalyzer analyzer = new TextAnalyzer(model.metadata().analyzer());
        TextHasher hasher = TextHasher.open(model)) {
      hasher.verify(model.metadata().goldenTexts());
      Dataset dataset = Features.dataset(all, analyzer, model.metadata().vectorizer());
      List<BinaryCode> codes =
          all.parallelStream().map(document -> hasher.hash(document.text()).code()).toList();
      int n = queries.size();
      Evaluation evaluation =
          Evaluation.of(
              part(dataset, 0, n),
              codes.subList(0, n),
              part(dataset, n, all.size()),
              codes.subList(n, all.size()),
              k);
      evaluation
          .warning()
          .ifPresent(text -> spec.commandLine().getErr().println("WARNING: " + text));
      return evaluation;
    }
  }

  private static Dataset part(Dataset all, int from, int to) {
    return new Dataset(
        all.vectors().subList(from, to), all.labels().subList(from, to), all.vocabularySize());
  }
}
