/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
