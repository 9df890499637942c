// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.semantichash.it.oracle.CodeSet;

/**
 * How the seconds grow with the documents: 64 bits, radius 3.
 *
 * @param lines one for each kind of codes that was measured
 */
record Growth(List<Line> lines) {

  /**
   * One kind of codes.
   *
   * @param kind how they are made
   * @param documents of each measurement
   * @param seconds of each measurement
   */
  record Line(String kind, List<Double> documents, List<Double> seconds) {

    /** The slope of log seconds over log documents, by least squares; NaN of one point. */
    double exponent() {
      double meanX = mean(documents);
      double meanY = mean(seconds);
      double covariance = 0;
      double variance = 0;
      for (int i = 0; i < documents.size(); i++) {
        double x = StrictMath.log(documents.get(i)) - meanX;
        covariance += x * (StrictMath.log(seconds.get(i)) - meanY);
        variance += x * x;
      }
      return covariance / variance;
    }

    private static double mean(List<Double> values) {
      return values.stream().mapToDouble(StrictMath::log).average().orElseThrow();
    }
  }

  /** Of the rows that belong to it. */
  static Growth of(List<Map<String, Object>> rows) {
    List<Line> lines = new ArrayList<>();
    for (CodeSet.Kind kind : CodeSet.Kind.values()) {
      List<Map<String, Object>> own =
          rows.stream().filter(row -> belongs(row, kind.toString())).toList();
      if (own.isEmpty() == false) {
        lines.add(new Line(kind.toString(), column(own, "documents"), column(own, "seconds")));
      }
    }
    return new Growth(lines);
  }

  private static boolean belongs(Map<String, Object> row, String kind) {
    return AllPairsPhase.NAME.equals(row.get("phase"))
        && kind.equals(row.get("kind"))
        && number(row, "bits") == 64
        && number(row, "max_distance") == 3;
  }

  private static List<Double> column(List<Map<String, Object>> rows, String name) {
    return rows.stream().map(row -> number(row, name)).toList();
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
  }
}
