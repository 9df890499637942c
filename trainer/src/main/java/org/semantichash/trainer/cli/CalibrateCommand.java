// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.calibration.Calibration;
import org.semantichash.trainer.calibration.CalibrationReport;
import org.semantichash.trainer.calibration.Edit;
import org.semantichash.trainer.calibration.Edit.EditKind;
import org.semantichash.trainer.calibration.LabelledPair.PairFile;
import org.semantichash.trainer.calibration.PlantedSample;
import org.semantichash.trainer.calibration.RadiusCurve.RadiusRule;
import org.semantichash.trainer.cli.CorpusArguments.SeedArgument;
import org.semantichash.trainer.cli.CorpusArguments.TextFieldArguments;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.corpus.Corpus;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures which radius tells near-duplicates from other texts. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description =
        "Measure precision and recall of a model's codes by radius, on labelled pairs or on edits"
            + " planted in a corpus, and suggest a radius.")
final class CalibrateCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = FileArguments.MODEL)
  private Path modelFile;

  @ArgGroup(multiplicity = "1")
  private Texts texts;

  private static final class Texts {

    @Option(
        names = "--pairs",
        paramLabel = "FILE",
        description = "Labelled pairs: .tsv with the header a, b, duplicate, or JSON lines.")
    private Path pairs;

    @Option(
        names = "--corpus",
        paramLabel = "INPUT",
        description = "Documents, as for train, from which edited copies are made.")
    private Path corpus;
  }

  @Mixin private PlantingArguments planting;

  @Option(
      names = "--min-precision",
      paramLabel = "P",
      description =
          "Suggest the largest radius with at least this precision. Default: what near-duplicates"
              + " takes by default, or the radius with the largest F1 if that is clearly larger")
  private Double minPrecision;

  @Option(names = "--output", paramLabel = "FILE", description = "Write a page of Markdown.")
  private Path output;

  @Option(names = "--picture", paramLabel = "FILE", description = "Write the curves as PNG.")
  private Path picture;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    RadiusRule rule =
        new RadiusRule(
            minPrecision == null ? OptionalDouble.empty() : OptionalDouble.of(minPrecision));
    for (Path file : new Path[] {output, picture}) {
      if (file != null) {
        FileArguments.requireWritable(file);
      }
    }
    EncoderModel model = FileArguments.readModel(modelFile);
    Calibration calibration;
    try (TextHasher hasher = TextHasher.open(model)) {
      hasher.verify(model.metadata().goldenTexts());
      calibration = measure(hasher);
    }
    CalibrationReport report = new CalibrationReport(calibration, rule);
    if (output != null) {
      FileArguments.write(output, report.markdown());
    }
    if (picture != null) {
      FileArguments.makeFolders(picture);
      report.writePicture(picture);
    }
    spec.commandLine().getOut().println(json ? Json.pretty(report.values()) : shown(report));
    return 0;
  }

  private Calibration measure(TextHasher hasher) {
    Function<String, BinaryCode> code = text -> hasher.hash(text).code();
    return texts.pairs == null
        ? Calibration.planted(hasher.bits(), planting.sample(texts.corpus), planting.edits(), code)
        : Calibration.ofPairs(hasher.bits(), new PairFile(texts.pairs).read(), code);
  }

  /** The page; when it goes to a file, only what it suggests. */
  private String shown(CalibrationReport report) {
    return output == null ? report.markdown() : report.suggestion();
  }

  /** Of which texts changed copies are made, and how these are changed. */
  static final class PlantingArguments {

    @Option(
        names = "--edits",
        split = ",",
        paramLabel = "EDIT",
        defaultValue = "drop,swap,truncate,append",
        description = "How copies are edited. Default: ${DEFAULT-VALUE}")
    private List<EditKind> edits;

    @Option(
        names = "--rates",
        split = ",",
        paramLabel = "PERCENT",
        defaultValue = "1,5,10,20,30",
        description = "The percentage of the words that are edited. Default: ${DEFAULT-VALUE}")
    private List<Integer> rates;

    @Option(
        names = "--documents",
        paramLabel = "N",
        defaultValue = "10000",
        description = "Use a random sample of N documents. Default: ${DEFAULT-VALUE}")
    private int documents;

    @Mixin private TextFieldArguments textFields;
    @Mixin private SeedArgument seed;

    PlantedSample sample(Path corpus) {
      CorpusOptions defaults = CorpusOptions.DEFAULTS;
      CorpusOptions options =
          new CorpusOptions(
              textFields.names(),
              CorpusOptions.NO_LABELS,
              false,
              defaults.idField(),
              defaults.duplicateIds(),
              documents,
              seed.value());
      return PlantedSample.of(
          Corpus.read(corpus, options).documents().stream().map(Document::text).toList(),
          seed.value());
    }

    List<Edit> edits() {
      List<Edit> all = new ArrayList<>();
      for (EditKind kind : edits) {
        rates.forEach(rate -> all.add(new Edit(kind, rate)));
      }
      return all;
    }
  }
}
