// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.DoubleSummaryStatistics;
import java.util.List;

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
