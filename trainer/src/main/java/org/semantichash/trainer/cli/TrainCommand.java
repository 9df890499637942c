// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.cli.TrainingInput.TrainingTexts;
import org.semantichash.trainer.evaluation.CodeStatistics;
import org.semantichash.trainer.evaluation.Evaluation;
import org.semantichash.trainer.evaluation.Evaluation.TermCoverage;
import org.semantichash.trainer.evaluation.ValidationScore;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.features.Features.FeatureOptions;
import org.semantichash.trainer.methods.HashingMethod;
import org.semantichash.trainer.onnx.GoldenTexts;
import org.semantichash.trainer.onnx.OnnxExporter;
import org.semantichash.trainer.report.TrainingReport;
import org.semantichash.trainer.report.TrainingReport.WidthScore;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns a model from a corpus and writes it as one checked file. */
@Command(
    name = "train",
    customSynopsis =
        "semantic-hash train (INPUT | --index=INDEX --field=FIELD) --output=FILE [OPTION]...",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer = "With --index: read and view_index_metadata on the index.",
    description = {
      "Learn a model from the texts of a file, a folder or an index of a cluster.",
      "Ctrl-C stops early and writes the best model so far (exit code 130); a second one ends at"
          + " once."
    })
final class TrainCommand implements Callable<Integer> {

  static final String NOTHING_YET =
      "semantic-hash train: interrupted before the first epoch: there is no model yet";
  private static final String STOPPING =
      "Ctrl-C: stopping; the best model so far will be written, if there is one. A second Ctrl-C"
          + " ends at once";
  private static final String FINISHING =
      "Ctrl-C: the training is over, its model will be written. A second Ctrl-C ends at once";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The model file to write.")
  private Path output;

  @Option(
      names = "--continue",
      paramLabel = "MODEL",
      description =
          "Go on with the training of this model from the file that train has left beside it, after"
              + " Ctrl-C or where the score still rose at the last epoch. Texts and options must be"
              + " the same; --epochs is how many there are in all, and --patience may differ.")
  private Path continued;

  @Mixin private TrainingInput input;
  @Mixin private FeatureArguments featureArguments;
  @Mixin private TrainingArguments trainingArguments;
  @Mixin private QuantisationArguments quantisationArguments;
  @Mixin private ReportArguments reportArguments;
  @Spec private CommandSpec spec;
  private boolean lenient;

  /** Begins again, instead of refusing to go on, where texts or options have changed since. */
  void mayBeginAgain() {
    lenient = true;
  }

  @Override
  public Integer call() throws IOException {
    try (Interruption interruption = new Interruption(err())) {
      interruption.endsWith(NOTHING_YET);
      return train(interruption);
    } catch (CancellationException e) { // its message is lost where many threads prepare
      err().println(NOTHING_YET);
      return Interruption.EXIT_CODE;
    }
  }

  private int train(Interruption interruption) throws IOException {
    Instant created = Provenance.created(System.getenv("SOURCE_DATE_EPOCH"));
    HashingMethod method = trainingArguments.method();
    TrainingTexts texts = read(method, interruption);
    Features features = texts.features();
    TrainingOptions options = trainingArguments.toOptions(method, features.training().size());
    report(features);
    reportArguments.checkWidths(features);
    ValidationScore score = trainingArguments.score(features);
    TrainingCheckpoint checkpoint = checkpoint(texts, method, options);
    TrainingSession session = new TrainingSession(method, options, features, err());
    interruption.repliesWith(STOPPING);
    TrainingSession.TrainedNetwork learned =
        session.run(score, interruption, Optional.of(checkpoint));
    boolean stopped = interruption.isRequested();
    interruption.repliesWith(FINISHING);
    shows("converting the network to integers", interruption);
    QuantisationArguments.Quantised quantised =
        QuantisationArguments.quantise(learned.network(), features, trainingArguments::score);
    quantised.print(out());
    Optional<String> refusal = quantisationArguments.refusal(quantised, err());
    Path file = refusal.isEmpty() ? output : QuantisationArguments.refusedFile(output);
    shows("measuring the codes", interruption);
    Measured measured = measure(quantised.network(), features);
    Map<String, String> provenance =
        Provenance.of(
            texts.corpus(),
            features,
            learned.summary(),
            quantised.toProperties(),
            stopped,
            measured.evaluation(),
            measured.statistics(),
            created);
    ModelDraft draft =
        new ModelDraft(quantised.network(), method, options, texts.options(), features);
    EncoderModel model =
        draft.write(file, draft.options(ownOptions()), texts.provenance(provenance), out());
    checkpoint.print(
        err(),
        spec.commandLine().getParseResult().originalArgs(),
        stopped ? OptionalInt.empty() : OptionalInt.of(2 * options.epochs()));
    if (refusal.isPresent()) {
      throw new IllegalStateException(
          refusal.get() + ", and what was trained is in [" + file + "] all the same");
    }
    if (texts.sample().isPresent()) {
      List<WidthScore> widths =
          reportArguments.widths(
              session,
              Optional.ofNullable(measured.evaluation()),
              trainingArguments::score,
              interruption);
      shows("drawing the report", interruption);
      writeReport(texts, model, quantised.network(), measured, learned, widths);
    }
    return interruption.isRequested() ? Interruption.EXIT_CODE : 0;
  }

  /** What a person now waits for. */
  private void shows(String step, Interruption interruption) {
    if (Terminal.isInteractive() || interruption.isRequested()) {
      err().println(step);
      err().flush();
    }
  }

  /** Looks at all that can be refused first: reading may take hours. */
  private TrainingTexts read(HashingMethod method, Interruption interruption) throws IOException {
    long seed = trainingArguments.toOptions(method, 1).seed();
    FeatureOptions wanted = featureArguments.toOptions();
    FileArguments.requireWritable(output);
    reportArguments.check(output);
    return input.read(
        output,
        seed,
        corpus -> featureArguments.chooseAnalyzer(wanted, corpus, err()),
        reportArguments.isWanted(),
        interruption);
  }

  private TrainingCheckpoint checkpoint(
      TrainingTexts texts, HashingMethod method, TrainingOptions options) throws IOException {
    return TrainingCheckpoint.of(
        output,
        Optional.ofNullable(continued),
        TrainingCheckpoint.origin(
            texts.corpus().digest(), method, options, texts.options(), ownOptions()),
        options.epochs(),
        lenient ? Optional.of(err()) : Optional.empty());
  }

  /**
   * What the codes of a model are like.
   *
   * @param codes of the training documents
   * @param evaluation null if no documents are held out
   */
  private record Measured(
      List<BinaryCode> codes, Evaluation evaluation, CodeStatistics statistics) {}

  private Measured measure(IntegerNetwork network, Features features) {
    List<BinaryCode> codes = network.encode(features.training().vectors());
    Evaluation evaluation = evaluate(network, features, codes);
    return new Measured(codes, evaluation, statistics(features, codes, evaluation));
  }

  private void writeReport(
      TrainingTexts texts,
      EncoderModel model,
      IntegerNetwork network,
      Measured measured,
      TrainingSession.TrainedNetwork learned,
      List<WidthScore> widths)
      throws IOException {
    TrainingReport report =
        new TrainingReport(
            output.getFileName().toString(),
            model,
            network,
            texts.features(),
            texts.sample().get(),
            measured.codes(),
            learned.summary().results(),
            Optional.ofNullable(measured.evaluation()),
            widths);
    reportArguments.write(report, output, out(), err());
  }

  /** Prints the statistics of the training documents' codes unless the evaluation has done so. */
  private CodeStatistics statistics(
      Features features, List<BinaryCode> codes, Evaluation evaluation) {
    CodeStatistics statistics = CodeStatistics.of(codes);
    if (evaluation == null) {
      statistics.print(out());
    }
    statistics
        .warning(TermCoverage.of(features.training().vectors()))
        .ifPresent(text -> err().println("WARNING: " + text));
    return statistics;
  }

  private Map<String, String> ownOptions() {
    Map<String, String> options = new TreeMap<>(trainingArguments.toProperties());
    options.putAll(input.toProperties());
    return options;
  }

  /** Before hours are spent, since what has no known term is not learned from. */
  private void report(Features features) {
    err()
        .printf(
            Locale.ROOT,
            "%d training, %d validation and %d test documents, %d terms%n",
            features.training().size(),
            features.validation().size(),
            features.test().size(),
            features.vectorizer().vocabulary().size());
    TermCoverage coverage = TermCoverage.of(features.training().vectors());
    err().println(coverage.line());
    err().flush();
    coverage.warning().ifPresent(text -> err().println("WARNING: " + text));
  }

  /** Null if no documents are held out. */
  private Evaluation evaluate(IntegerNetwork network, Features features, List<BinaryCode> codes) {
    if (features.test().size() == 0) {
      return null;
    }
    Evaluation evaluation = heldOut(features, network::encode, codes);
    evaluation.print(out());
    return evaluation;
  }

  /**
   * The documents held out as queries for the training documents.
   *
   * @param encoder gives the codes of vectors
   * @param codes of the training documents
   */
  static Evaluation heldOut(
      Features features,
      Function<List<SparseVector>, List<BinaryCode>> encoder,
      List<BinaryCode> codes) {
    Dataset test = features.test();
    return Evaluation.of(
        test, encoder.apply(test.vectors()), features.training(), codes, Evaluation.DEFAULT_K);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Everything that a model file is made of, but for where it comes from. */
  record ModelDraft(
      IntegerNetwork network,
      HashingMethod method,
      TrainingOptions options,
      FeatureOptions featureOptions,
      Features features) {

    /** All options by name, and some more. */
    Map<String, String> options(Map<String, String> more) {
      Map<String, String> all = new TreeMap<>(options.toProperties());
      all.putAll(method.toProperties());
      all.putAll(featureOptions.toProperties());
      all.putAll(more);
      return all;
    }

    /**
     * Writes the file, and checks it against the network.
     *
     * @param modelOptions as the file keeps them
     * @param provenance where the model comes from
     * @param out gets a line about the file
     * @return the file, read again
     */
    EncoderModel write(
        Path output,
        Map<String, String> modelOptions,
        Map<String, String> provenance,
        PrintWriter out)
        throws IOException {
      ModelMetadata metadata =
          ModelMetadata.of(
              network,
              method.name(),
              featureOptions.analyzer(),
              features.vectorizer(),
              modelOptions,
              provenance,
              goldenTexts());
      int compared =
          new OnnxExporter(network, metadata).write(output, features.validation().vectors());
      EncoderModel model = EncoderModel.read(output);
      out.printf(
          Locale.ROOT,
          "wrote %s, %.1f MB, sha-256 %s%n" + "ONNX Runtime gives the same bits for %d texts%n",
          output,
          model.sizeInBytes() / 1e6,
          model.digest(),
          compared);
      return model;
    }

    private List<ModelMetadata.GoldenText> goldenTexts() {
      try (TextAnalyzer analyzer = new TextAnalyzer(featureOptions.analyzer())) {
        return new GoldenTexts(network, features.vectorizer(), analyzer, options.seed()).create();
      }
    }
  }
}
