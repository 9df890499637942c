// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.Arrays;

/** Precision and recall of "within the radius means duplicate", for every radius. */
public final class RadiusCurve {

  private final long[] duplicates;
  private final long[] others;

  /**
   * The curve of some pairs.
   *
   * @param duplicates how many pairs of duplicates are at each distance from 0 to the width
   * @param others how many other pairs are
   */
  public RadiusCurve(long[] duplicates, long[] others) {
    if (duplicates.length != others.length) {
      throw new IllegalArgumentException(
          "[others] must have ["
              + duplicates.length
              + "] distances as [duplicates] has, got ["
              + others.length
              + "]");
    }
    this.duplicates = duplicates.clone();
    this.others = others.clone();
  }

  /**
   * The curve of one planted copy a document, of a kind chosen at random: the duplicates of all
   * curves together, the other pairs as often.
   */
  static RadiusCurve mixture(Iterable<RadiusCurve> curves) {
    RadiusCurve sum = null;
    for (RadiusCurve curve : curves) {
      sum = sum == null ? curve : sum.plus(curve);
    }
    return sum;
  }

  private RadiusCurve plus(RadiusCurve more) {
    return new RadiusCurve(sum(duplicates, more.duplicates), sum(others, more.others));
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  /** The largest radius that is shown: a quarter of the width; beyond it unrelated texts are. */
  public int maxRadius() {
    return (duplicates.length - 1) / 4;
  }

  /** The share of the duplicates that the radius finds; NaN without duplicates. */
  public double recall(int radius) {
    return (double) within(duplicates, radius) / Arrays.stream(duplicates).sum();
  }

  /** The share of duplicates in what the radius finds; NaN where it finds nothing. */
  public double precision(int radius) {
    long found = within(duplicates, radius);
    return (double) found / (found + within(others, radius));
  }

  /** The harmonic mean of both; 0 where no duplicate is found. */
  public double f1(int radius) {
    double sum = precision(radius) + recall(radius);
    return sum > 0 ? 2 * precision(radius) * recall(radius) / sum : 0;
  }

  private static long within(long[] counts, int radius) {
    long sum = 0;
    for (int d = 0; d <= radius; d++) {
      sum += counts[d];
    }
    return sum;
  }
}
