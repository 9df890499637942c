// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.semantichash.benchmarks.reproduce.Experiment.InputSpec;
import org.semantichash.benchmarks.reproduce.Experiment.SplitSpec;
import org.semantichash.benchmarks.reproduce.Experiment.TableSpec;
import org.semantichash.benchmarks.reproduce.Row.Origin;
import org.semantichash.benchmarks.reproduce.Row.Parts;

/** The page of an experiment as Markdown: the same rows give the same text. */
final class ExperimentPage {

  private static final String LEGEND =
      """
      Each cell is the precision of ours (the mean over the seeds, ± half of the largest less the
      smallest where there are several), in brackets the paper's, and how they compare:
      ✓ at least the paper's, ≈ below it by no more than the tolerance, ✗ further below.
      † marks methods that have changed since they were run: the next run makes these rows again.

      """;

  private static final String MEASURE =
      """
      - Measure: test documents are the queries, training documents the database; the share of the
        100 nearest by Hamming distance that have a label of the query, the mean over the queries.
        Ties at the 100th place count in proportion. Validation chose the epoch; the test part was
        looked at once, after the training.
      - Networks: in floats, as files of model format 1 hold them. [What the integers of format 2
        change](quantised.md) is measured for every method.
      """;

  private final Experiment experiment;
  private final List<Row> rows;
  private final Predicate<Row> outdated;

  /** The page of these rows, of which some were made by other code or defaults than today's. */
  ExperimentPage(Experiment experiment, List<Row> rows, Predicate<Row> outdated) {
    this.experiment = experiment;
    this.rows = rows;
    this.outdated = outdated;
  }

  String toMarkdown() {
    StringBuilder page = new StringBuilder("# " + experiment.title() + "\n\n");
    String name = experiment.name();
    page.append(
        String.format(
            Locale.ROOT,
            "Written by `run reproduce %s.yaml` from the rows in"
                + " [`results/%s.json`](results/%s.json).\n\n",
            name,
            name,
            name));
    page.append("## What was run\n\n").append(input()).append(parts()).append(MEASURE);
    page.append("- Training options of all runs: ").append(list(experiment.training()));
    page.append(experiment.training().isEmpty() ? "the defaults\n" : "\n").append(origin());
    if (experiment.differs().isEmpty() == false) {
      page.append("\nWhat differs from the papers: ").append(experiment.differs()).append('\n');
    }
    page.append('\n').append(LEGEND);
    for (TableSpec table : experiment.tables()) {
      page.append(new TablePage(experiment, table, rows, outdated).toMarkdown());
    }
    return page.toString().stripTrailing() + "\n";
  }

  private String input() {
    InputSpec input = experiment.input();
    return "- Input: `"
        + input.file()
        + "`, SHA-256 `"
        + input.sha256()
        + "`. "
        + input.description().replaceAll("\\s+", " ")
        + "\n- Preprocessing: "
        + list(experiment.preprocessing())
        + "\n";
  }

  /** One line a split, with the tables that use it. */
  private String parts() {
    Map<SplitSpec, List<String>> tables = new LinkedHashMap<>();
    for (TableSpec table : experiment.tables()) {
      tables
          .computeIfAbsent(experiment.splitOf(table), unused -> new ArrayList<>())
          .add(table.name());
    }
    StringBuilder text = new StringBuilder();
    tables.forEach((split, names) -> text.append(parts(split, names)));
    return text.toString();
  }

  private String parts(SplitSpec split, List<String> tables) {
    String counts =
        rows.stream()
            .filter(row -> tables.contains(row.key().table()))
            .findFirst()
            .map(row -> counts(row.parts()))
            .orElse("nothing recorded yet");
    return String.format(
        Locale.ROOT,
        "- Split of %s: validation %s, test %s, seed %d: %s\n",
        String.join(", ", tables),
        split.validation(),
        split.test(),
        split.seed(),
        counts);
  }

  private static String counts(Parts parts) {
    return String.format(
        Locale.ROOT,
        "%d training, %d validation and %d test documents, vocabulary %d",
        parts.trainingDocuments(),
        parts.validationDocuments(),
        parts.testDocuments(),
        parts.vocabulary());
  }

  private String origin() {
    return "- Made by trainer "
        + distinct(Origin::trainer)
        + ", commit "
        + distinct(Origin::commit)
        + ", "
        + distinct(Origin::date)
        + ", on "
        + distinct(Origin::machine)
        + ", runs at a time: "
        + distinct(origin -> Integer.toString(origin.workers()))
        + "\n";
  }

  private String distinct(Function<Origin, String> value) {
    String all =
        rows.stream()
            .map(Row::origin)
            .map(value)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" and "));
    return all.isEmpty() ? "unknown" : all;
  }

  /** Options as "name value, name value", by name. */
  static String list(Map<String, String> options) {
    return new TreeMap<>(options)
        .entrySet().stream()
            .map(option -> "`" + option.getKey() + "` " + option.getValue())
            .collect(Collectors.joining(", "));
  }
}
