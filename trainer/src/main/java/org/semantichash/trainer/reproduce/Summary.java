// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Page, picture and checks across experiments, made from the recorded rows alone. */
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
      Drawing.attempt(
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
}
