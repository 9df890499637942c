// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The page of several experiments as Markdown: the same rows give the same text. */
final class SummaryPage {

  private static final String LEGEND =
      """
      Each number is the mean precision over the widths 16, 32, 64 and 128: of each width the mean
      over the seeds, then the mean over the widths, and over all experiments the mean of theirs. In
      brackets is the same mean of the papers' numbers, where they have all of them. A method with
      missing rows is not averaged.

      """;

  private final List<Experiment> experiments;
  private final List<SharedTable> tables;
  private final List<Check> checks;

  SummaryPage(List<Experiment> experiments, List<SharedTable> tables, List<Check> checks) {
    this.experiments = experiments;
    this.tables = tables;
    this.checks = checks;
  }

  String toMarkdown() {
    StringBuilder page = new StringBuilder("# Summary\n\nWritten by `semantic-hash reproduce");
    experiments.forEach(e -> page.append(' ').append(e.name()).append(".yaml"));
    page.append("` from their recorded rows.\n\n");
    if (tables.isEmpty()) {
      return page.append("The experiments share no table that is called ")
          .append(String.join(" or ", SharedTable.NAMES))
          .append(".\n")
          .toString();
    }
    page.append(LEGEND);
    if (SummaryPicture.hasBars(tables)) {
      page.append("![Mean precision of each method](").append(SummaryPicture.NAME).append(")\n\n");
    }
    tables.forEach(table -> page.append(table(table)));
    return page.append(checks()).toString();
  }

  private String table(SharedTable table) {
    List<String> header = new ArrayList<>(List.of("method"));
    experiments.forEach(e -> header.add(e.title()));
    header.add("all");
    MarkdownTable markdown = new MarkdownTable(header);
    for (MethodMeans method : table.methods()) {
      List<String> cells = new ArrayList<>(List.of(method.label()));
      for (WidthMeans means : method.byExperiment().values()) {
        cells.add(
            cell(
                means.mean(),
                means.paperMean(),
                "incomplete: " + String.join(", ", means.missing())));
      }
      cells.add(cell(method.mean(), method.paperMean(), "incomplete"));
      markdown.add(cells);
    }
    return "## " + table.title() + "\n\n" + markdown + "\n";
  }

  private static String cell(OptionalDouble ours, OptionalDouble paper, String incomplete) {
    return (ours.isPresent() ? decimals(ours) : incomplete)
        + (paper.isPresent() ? " (" + decimals(paper) + ")" : "");
  }

  private static String decimals(OptionalDouble value) {
    return String.format(Locale.ROOT, "%.4f", value.getAsDouble());
  }

  private String checks() {
    return checks.stream()
        .map(check -> "- " + check.result() + ": " + check.text() + "\n")
        .collect(
            Collectors.joining(
                "",
                "## Checks\n\nOn ours, at four decimals. OPEN: rows that are needed are missing."
                    + "\n\n",
                ""));
  }
}
