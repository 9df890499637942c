// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The verdicts as lines of text. */
public final class Verdicts {

  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

  /** Judges all rows of an experiment. */
  static Verdicts print(Experiment experiment, List<Row> rows, PrintWriter out) {
    Verdicts verdicts = new Verdicts();
    for (TableSpec table : experiment.tables()) {
      for (Line line : Line.of(table, rows)) {
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

  private void print(TableSpec table, Line line, String column, Score score, PrintWriter out) {
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
