// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.semantichash.benchmarks.reproduce.Experiment.SpecCheck;
import org.semantichash.benchmarks.reproduce.Experiment.TableSpec;
import org.semantichash.benchmarks.reproduce.SharedTable.RecordedExperiment;
import org.semantichash.benchmarks.reproduce.TableLine.Score;
import org.semantichash.benchmarks.reproduce.TableLine.Verdict;

/** Page, pictures and verdicts, made from the recorded rows and the experiment alone. */
public final class Report {

  private final Experiment experiment;
  private final Path folder;
  private final List<Row> rows;
  private final MethodRunner methods;

  /**
   * A report.
   *
   * @param rowFile the recorded rows
   * @param folder where page and pictures go
   * @param methods as they are today, which have made the rows if their digests are the same
   * @throws IllegalArgumentException when no row is recorded
   */
  public Report(Experiment experiment, Path rowFile, Path folder, MethodRunner methods)
      throws IOException {
    this.experiment = experiment;
    this.folder = folder;
    this.methods = methods;
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
        folder.resolve(experiment.name() + ".md"),
        new ExperimentPage(experiment, rows, row -> methods.hasMade(row) == false).toMarkdown());
  }

  private void draw(TableSpec table, PrintWriter err) throws IOException {
    List<TableLine> lines =
        TableLine.of(table, rows).stream()
            .filter(line -> line.scores().isEmpty() == false)
            .toList();
    if (lines.isEmpty()) {
      return;
    }
    Path file = folder.resolve(TablePicture.name(experiment, table));
    PictureWriter.attempt(
        table.name(), () -> new TablePicture(table, lines, rows).write(file), err);
  }

  /** Prints a verdict for each method and column. */
  public Verdicts print(PrintWriter out) {
    return Verdicts.print(experiment, rows, out);
  }

  /** The verdicts as lines of text. */
  public static final class Verdicts {

    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    /** Judges all rows of an experiment. */
    static Verdicts print(Experiment experiment, List<Row> rows, PrintWriter out) {
      Verdicts verdicts = new Verdicts();
      for (TableSpec table : experiment.tables()) {
        for (TableLine line : TableLine.of(table, rows)) {
          line.scores().forEach((column, score) -> verdicts.print(table, line, column, score, out));
        }
      }
      out.printf(
          Locale.ROOT,
          "%d OK, %d within tolerance, %d FAIL, %d without a paper's value%n",
          verdicts.count(Verdict.OK),
          verdicts.count(Verdict.WITHIN),
          verdicts.count(Verdict.FAIL),
          verdicts.count(Verdict.NONE));
      return verdicts;
    }

    private void print(
        TableSpec table, TableLine line, String column, Score score, PrintWriter out) {
      counts.merge(score.verdict(), 1, Integer::sum);
      out.printf(
          Locale.ROOT,
          "%-16s  %-14s %-16s %6s  ours %.4f%s%s%n",
          score.verdict().text(),
          table.name(),
          line.run().label(),
          column,
          score.mean(),
          score.seeds() > 1 ? String.format(Locale.ROOT, " ± %.4f", score.spread()) : "",
          score.paper() == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  ", paper %.4f, difference %+.4f",
                  score.paper(),
                  score.mean() - score.paper()));
    }

    private int count(Verdict verdict) {
      return counts.getOrDefault(verdict, 0);
    }

    /** Whether anything is below the paper by more than the tolerance. */
    public boolean hasFailure() {
      return count(Verdict.FAIL) > 0;
    }
  }

  /** Writes a picture. */
  @FunctionalInterface
  interface PictureWriter {

    void draw() throws IOException;

    /** Draws; where that is not possible, as on a machine without fonts, it only warns. */
    static void attempt(String name, PictureWriter drawing, PrintWriter err) throws IOException {
      try {
        drawing.draw();
      } catch (LinkageError | InternalError | NullPointerException e) {
        err.println("WARNING: the picture of [" + name + "] cannot be drawn: " + e);
      }
    }
  }
}
