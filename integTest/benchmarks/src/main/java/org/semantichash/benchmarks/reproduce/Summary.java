// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.semantichash.benchmarks.reproduce.Experiment.SpecCheck;
import org.semantichash.benchmarks.reproduce.Report.PictureWriter;
import org.semantichash.benchmarks.reproduce.SharedTable.MethodMeans;
import org.semantichash.benchmarks.reproduce.SharedTable.RecordedExperiment;
import org.semantichash.benchmarks.reproduce.SharedTable.WidthMeans;
import org.semantichash.benchmarks.reproduce.SummaryChecks.Check;

/** ExperimentPage, picture and checks across experiments, made from the recorded rows alone. */
public final class Summary {

  /** The names of the files that are written begin with it. */
  private static final String NAME = "summary";

  private final List<Experiment> experiments;
  private final List<SharedTable> tables;
  private final List<Check> checks;

  /** A summary; experiments may lack rows. */
  public Summary(List<RecordedExperiment> recorded) {
    this.experiments = recorded.stream().map(RecordedExperiment::experiment).toList();
    requireNames(experiments);
    this.tables = SharedTable.of(recorded);
    this.checks = SummaryChecks.of(tables);
  }

  /**
   * Checks that the experiments' files and columns can be told apart.
   *
   * @throws IllegalArgumentException when two have one name, or one has the summary's
   */
  public static void requireNames(List<Experiment> experiments) {
    Set<String> names = new HashSet<>(Set.of(NAME));
    for (Experiment experiment : experiments) {
      SpecCheck.require(
          names.add(experiment.name()),
          "name",
          "differ between experiments and from [" + NAME + "]",
          experiment.name());
    }
  }

  /**
   * Writes page and picture.
   *
   * @param err told when the picture cannot be drawn, as on a machine without fonts
   */
  public void write(Path folder, PrintWriter err) throws IOException {
    Files.createDirectories(folder);
    if (SummaryPicture.hasBars(tables)) {
      PictureWriter.attempt(
          NAME,
          () -> new SummaryPicture(experiments, tables).write(folder.resolve(SummaryPicture.NAME)),
          err);
    }
    Files.writeString(
        folder.resolve(NAME + ".md"), new SummaryPage(experiments, tables, checks).toMarkdown());
  }

  /** Prints the checks. */
  public void print(PrintWriter out) {
    for (Check check : checks) {
      out.printf(Locale.ROOT, "%-4s  %s%n", check.result(), check.text());
    }
  }

  /** Whether a check fails. */
  public boolean hasFailure() {
    return checks.stream().anyMatch(check -> check.result() == Check.Result.FAIL);
  }

  /** The page of several experiments as Markdown: the same rows give the same text. */
  static final class SummaryPage {

    private static final String LEGEND =
        """
        Each number is the mean precision over the widths 16, 32, 64 and 128: of each width the mean
        over the seeds, then the mean over the widths, and over all experiments the mean of theirs. In
        brackets is the same mean of the papers' numbers, where they have all of them. A method with
        missing rows is not averaged. The networks are in floats (model format 1);
        [what the integers of format 2 change](quantised.md).

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
      StringBuilder page = new StringBuilder("# Summary\n\nWritten by `run reproduce");
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
        page.append("![Mean precision of each method](")
            .append(SummaryPicture.NAME)
            .append(")\n\n");
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
}
