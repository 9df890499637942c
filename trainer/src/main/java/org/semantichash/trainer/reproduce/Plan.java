// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows that an experiment wants, table by table, each table's references first. */
final class Plan {

  private Plan() {}

  static List<Cell> of(Experiment experiment) {
    List<Cell> cells = new ArrayList<>();
    for (TableSpec table : experiment.tables()) {
      for (Reference reference : Reference.values()) {
        cells.add(cell(experiment, table, reference.key(table), Map.of(), null));
      }
      for (RunSpec run : table.runs()) {
        for (String column : table.columns()) {
          cells.addAll(column(experiment, table, run, column));
        }
      }
    }
    return List.copyOf(cells);
  }

  private static List<Cell> column(
      Experiment experiment, TableSpec table, RunSpec run, String column) {
    boolean varies = table.vary() != null;
    int bits = varies ? table.bits().get(0) : Integer.parseInt(column);
    Map<String, String> options = run.optionsAt(bits, experiment.training());
    if (varies) {
      options.put(table.vary().option(), column);
    }
    Double paper = run.paper().get(column);
    String varied = varies ? column : null;
    return table.seedsAt(bits).stream()
        .map(
            seed ->
                new RowKey(
                    table.name(), run.method(), run.label(), run.supervised(), varied, bits, seed))
        .map(key -> cell(experiment, table, key, options, paper))
        .toList();
  }

  private static Cell cell(
      Experiment experiment,
      TableSpec table,
      RowKey key,
      Map<String, String> options,
      Double paper) {
    SplitSpec split = experiment.splitOf(table);
    return new Cell(key, options, split, paper, Definition.of(experiment, split, key, options));
  }
}
