// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.it.oracle.CodeSet;

/**
 * What is indexed and searched in this process.
 *
 * @param documents the number of documents
 * @param kind of the codes
 * @param bits of a code
 */
record IndexDescription(int documents, CodeSet.Kind kind, int bits) {

  static IndexDescription of(CodeSet codes) {
    return new IndexDescription(codes.size(), codes.kind(), codes.bits());
  }

  /** For the definition of a step. */
  String definition(int rounds) {
    return documents + " " + kind + " codes of " + bits + " bits, " + rounds + " rounds";
  }

  /** The columns of a contestant's row that tell what was searched. */
  Map<String, Object> row(String contestant) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("contestant", contestant);
    row.put("documents", documents);
    row.put("bits", bits);
    row.put("codes", kind.toString());
    return row;
  }

  /**
   * Rows of contestants that searched one index.
   *
   * @param parameters further columns: the parameters of the search
   * @param ratio the column with the median to the first contestant's
   */
  static List<Map<String, Object>> rows(
      Workbench bench, List<Times> all, Map<String, Object> parameters, String ratio)
      throws IOException {
    IndexDescription description = of(bench.codes());
    double first = all.get(0).millis(50);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Times times : all) {
      Map<String, Object> row = description.row(times.name());
      row.putAll(parameters);
      row.putAll(times.values());
      row.put(ratio, times.millis(50) / first);
      if (times.name().startsWith("semantic-hash")) {
        row.put("index_seconds", bench.index().seconds());
        row.put("bytes_per_document", bench.index().bytes() / (double) description.documents());
      }
      rows.add(row);
    }
    return rows;
  }
}
