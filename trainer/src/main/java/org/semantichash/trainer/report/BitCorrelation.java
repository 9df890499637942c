// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far bits say the same, or the opposite: the absolute Pearson correlation of each two bits
 * over the codes (for bits it is the phi coefficient). Bits that are the same in every code have
 * none and are left out.
 *
 * @param mean over the pairs, 0 without a pair
 * @param max of the pairs, 0 without a pair
 * @param pairs the number of pairs of bits that have a correlation
 */
public record BitCorrelation(double mean, double max, long pairs) {

  static BitCorrelation of(BitColumns columns) {
    int[] live =
        IntStream.range(0, columns.bits()).filter(bit -> variance(columns, bit) > 0).toArray();
    List<DoubleSummaryStatistics> rows =
        IntStream.range(0, live.length)
            .parallel()
            .mapToObj(
                row ->
                    IntStream.range(0, row)
                        .mapToDouble(i -> absolute(columns, live[row], live[i]))
                        .summaryStatistics())
            .toList();
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    rows.forEach(all::combine); // in order, so that the sum is the same each time
    return new BitCorrelation(
        all.getAverage(), all.getCount() == 0 ? 0 : all.getMax(), all.getCount());
  }

  /** Of a bit, times the squared number of documents. */
  private static double variance(BitColumns columns, int bit) {
    return (double) columns.ones(bit) * (columns.documents() - columns.ones(bit));
  }

  private static double absolute(BitColumns columns, int a, int b) {
    long covariance =
        (long) columns.documents() * columns.both(a, b) - (long) columns.ones(a) * columns.ones(b);
    return Math.abs(covariance) / Math.sqrt(variance(columns, a) * variance(columns, b));
  }
}
