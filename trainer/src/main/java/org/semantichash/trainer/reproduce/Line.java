// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A method's rows in a table.
 *
 * @param run what the experiment says about it
 * @param rows by column; columns without a row are missing
 * @param scores by column, of the same columns
 */
record Line(RunSpec run, Map<String, List<Row>> rows, Map<String, Score> scores) {

  static Line of(TableSpec table, RunSpec run, List<Row> all) {
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
    return new Line(run, rows, scores);
  }

  static List<Line> of(TableSpec table, List<Row> all) {
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
}
