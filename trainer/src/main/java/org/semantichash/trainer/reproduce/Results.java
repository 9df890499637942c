// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rows that are recorded, kept on disk after every change. Safe for use by many threads. */
final class Results {

  private final RowFile file;
  private final List<Cell> plan;
  private final Map<RowKey, Row> rows = new LinkedHashMap<>();
  private final Map<String, Row> byDefinition = new HashMap<>();

  /**
   * The recorded rows.
   *
   * @param plan in whose order rows are written; rows that it does not want any more stay, last
   */
  Results(RowFile file, List<Cell> plan) throws IOException {
    this.file = file;
    this.plan = plan;
    for (Row row : file.read()) {
      put(row);
    }
  }

  private void put(Row row) {
    rows.put(row.key(), row);
    byDefinition.put(row.setup().definition(), row);
  }

  /** The row of a cell, if its run is recorded, in this or another table. */
  synchronized Optional<Row> find(Cell cell) {
    return Optional.ofNullable(byDefinition.get(cell.definition())).map(row -> row.in(cell));
  }

  /** Records a result in every cell that wants it. */
  synchronized void record(List<Cell> cells, Row result) throws IOException {
    cells.forEach(cell -> put(result.in(cell)));
    save();
  }

  /** The recorded rows that the plan wants, in its order. */
  synchronized List<Row> wanted() {
    return plan.stream().map(this::find).flatMap(Optional::stream).toList();
  }

  /** Writes the file in the order of the plan. */
  synchronized void save() throws IOException {
    Map<RowKey, Row> ordered = new LinkedHashMap<>();
    plan.forEach(cell -> find(cell).ifPresent(row -> ordered.put(cell.key(), row)));
    rows.forEach(ordered::putIfAbsent);
    file.write(new ArrayList<>(ordered.values()));
  }
}
