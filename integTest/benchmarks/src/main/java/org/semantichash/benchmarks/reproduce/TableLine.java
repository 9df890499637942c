// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.semantichash.benchmarks.reproduce.Experiment.RunSpec;
import org.semantichash.benchmarks.reproduce.Experiment.TableSpec;
import org.semantichash.benchmarks.reproduce.Plan.Reference;

/**
 * A method's rows in a table.
 *
 * @param run what the experiment says about it
 * @param rows by column; columns without a row are missing
 * @param scores by column, of the same columns
 */
record TableLine(RunSpec run, Map<String, List<Row>> rows, Map<String, Score> scores) {

  static TableLine of(TableSpec table, RunSpec run, List<Row> all) {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    Map<String, Score> scores = new LinkedHashMap<>();
    for (String column : table.columns()) {
      List<Row> here =
          all.stream()
              .filter(row -> row.key().table().equals(table.name()))
              .filter(row -> row.key().label().equals(run.label()))
              .filter(row -> Reference.of(row.key()).isEmpty())
              .filter(row -> row.key().column().equals(column))
              .toList();
      if (here.isEmpty() == false) {
        rows.put(column, here);
        scores.put(column, Score.of(here, run.paper().get(column), table.tolerance()));
      }
    }
    return new TableLine(run, rows, scores);
  }

  static List<TableLine> of(TableSpec table, List<Row> all) {
    return table.runs().stream().map(run -> of(table, run, all)).toList();
  }

  /** The mean over the columns that have rows. */
  OptionalDouble average() {
    return scores.values().stream().mapToDouble(Score::mean).average();
  }

  /** The paper's mean over the same columns; empty where it lacks one. */
  OptionalDouble paperAverage() {
    if (scores.values().stream().map(Score::paper).anyMatch(Objects::isNull)) {
      return OptionalDouble.empty();
    }
    return scores.values().stream().mapToDouble(Score::paper).average();
  }

  /**
   * What a method reached in a column of a table, over all its seeds.
   *
   * @param mean of the precision
   * @param spread half of the largest less the smallest
   * @param seeds how many runs
   * @param paper the published precision, or null
   * @param verdict of the mean
   */
  record Score(double mean, double spread, int seeds, Double paper, Verdict verdict) {

    static Score of(List<Row> rows, Double paper, double tolerance) {
      DoubleSummaryStatistics s =
          rows.stream().mapToDouble(row -> row.precision().at100()).summaryStatistics();
      double mean = s.getAverage();
      return new Score(
          mean,
          (s.getMax() - s.getMin()) / 2,
          rows.size(),
          paper,
          Verdict.of(mean, paper, tolerance));
    }
  }

  /** How ours compares with the paper's, at the four decimals that papers print. */
  enum Verdict {
    /** At least the paper's. */
    OK("OK", "✓"),
    /** Below it by no more than the tolerance. */
    WITHIN("within tolerance", "≈"),
    /** Further below. */
    FAIL("FAIL", "✗"),
    /** The paper has no number. */
    NONE("no paper value", "");

    private static final double DECIMALS = 10_000;

    private final String text;
    private final String mark;

    Verdict(String text, String mark) {
      this.text = text;
      this.mark = mark;
    }

    /**
     * A verdict.
     *
     * @param paper the published precision, or null
     */
    static Verdict of(double ours, Double paper, double tolerance) {
      if (paper == null) {
        return NONE;
      }
      long missing = Math.round(paper * DECIMALS) - Math.round(ours * DECIMALS);
      if (missing <= 0) {
        return OK;
      }
      return missing <= Math.round(tolerance * DECIMALS) ? WITHIN : FAIL;
    }

    String text() {
      return text;
    }

    String mark() {
      return mark;
    }
  }
}
