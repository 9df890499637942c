// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Page, pictures and verdicts, made from the recorded rows and the experiment alone. */
public final class Report {

  private final Experiment experiment;
  private final Path folder;
  private final List<Row> rows;

  /**
   * A report.
   *
   * @param rowFile the recorded rows
   * @param folder where page and pictures go
   * @throws IllegalArgumentException when no row is recorded
   */
  public Report(Experiment experiment, Path rowFile, Path folder) throws IOException {
    this.experiment = experiment;
    this.folder = folder;
    this.rows = RecordedExperiment.read(experiment, rowFile).rows();
    SpecCheck.require(
        rows.isEmpty() == false, rowFile.toString(), "hold rows of this experiment", 0);
  }

  /**
   * Writes page and pictures.
   *
   * @param err told when a picture cannot be drawn, as on a machine without fonts
   */
  public void write(PrintWriter err) throws IOException {
    Files.createDirectories(folder);
    for (TableSpec table : experiment.tables()) {
      draw(table, err);
    }
    Files.writeString(
        folder.resolve(experiment.name() + ".md"), new Page(experiment, rows).toMarkdown());
  }

  private void draw(TableSpec table, PrintWriter err) throws IOException {
    List<Line> lines =
        Line.of(table, rows).stream().filter(line -> line.scores().isEmpty() == false).toList();
    if (lines.isEmpty()) {
      return;
    }
    Path file = folder.resolve(Picture.name(experiment, table));
    Drawing.attempt(table.name(), () -> new Picture(table, lines, rows).write(file), err);
  }

  /** Prints a verdict for each method and column. */
  public Verdicts print(PrintWriter out) {
    return Verdicts.print(experiment, rows, out);
  }
}
