// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.semantichash.trainer.calibration.Edit;
import org.semantichash.trainer.calibration.EditKind;
import org.semantichash.trainer.calibration.PlantedSample;
import org.semantichash.trainer.corpus.Corpus;
import org.semantichash.trainer.corpus.CorpusOptions;
import org.semantichash.trainer.corpus.Document;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Of which texts changed copies are made, and how these are changed. */
final class PlantingArguments {

  @Option(
      names = "--edits",
      split = ",",
      paramLabel = "EDIT",
      defaultValue = "drop,swap,truncate,append",
      description = "How copies are changed. Default: ${DEFAULT-VALUE}")
  private List<EditKind> edits;

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "PERCENT",
      defaultValue = "1,5,10,20,30",
      description = "How many of the words, in percent. Default: ${DEFAULT-VALUE}")
  private List<Integer> rates;

  @Option(
      names = "--documents",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Take a random sample of N documents. Default: ${DEFAULT-VALUE}")
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

  /** Every kind at every rate. */
  List<Edit> edits() {
    List<Edit> all = new ArrayList<>();
    for (EditKind kind : edits) {
      rates.forEach(rate -> all.add(new Edit(kind, rate)));
    }
    return all;
  }
}
