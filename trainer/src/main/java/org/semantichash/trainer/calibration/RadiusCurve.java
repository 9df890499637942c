// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.semantichash.duplicates.NearDuplicates;

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
   * The curve of one planted copy per document, of a kind chosen at random: the duplicates of all
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
    assert radius >= 0 && radius < counts.length;
    long sum = 0;
    for (int d = 0; d <= radius; d++) {
      sum += counts[d];
    }
    return sum;
  }

  /**
   * A curve with what it is of.
   *
   * @param kind what was done to the texts
   * @param percent to how many of the words; 0 where that means nothing
   * @param curve precision and recall
   */
  public record NamedCurve(String kind, int percent, RadiusCurve curve) {

    @Override
    public String toString() {
      return percent == 0 ? kind : kind + " " + percent + " %";
    }
  }

  /** What a request takes unless it names another radius. */
  public int defaultRadius() {
    return NearDuplicates.defaultMaxDistance(duplicates.length - 1, false);
  }

  /**
   * How a radius is chosen from a curve.
   *
   * @param minPrecision with it, the largest radius whose precision is at least this; without, the
   *     default, unless another radius has a clearly larger F1: then that with the largest one, of
   *     equal ones the smallest
   */
  public record RadiusRule(OptionalDouble minPrecision) {

    /** Which part of the largest F1 is as good: samples differ by more. */
    private static final double AS_GOOD = 0.98;

    public RadiusRule {
      if (minPrecision.isPresent()
          && (minPrecision.getAsDouble() > 0 && minPrecision.getAsDouble() <= 1) == false) {
        throw new IllegalArgumentException(
            "[min-precision] must be above [0] and at most [1], got ["
                + minPrecision.getAsDouble()
                + "]");
      }
    }

    /** The radius, up to a quarter of the width; empty when none will do. */
    public OptionalInt radius(RadiusCurve curve) {
      OptionalInt chosen = OptionalInt.empty();
      double best = 0;
      int usual = curve.defaultRadius();
      for (int radius = 0; radius <= curve.maxRadius(); radius++) {
        if (minPrecision.isPresent()) {
          if (curve.precision(radius) >= minPrecision.getAsDouble() && curve.recall(radius) > 0) {
            chosen = OptionalInt.of(radius);
          }
        } else if (curve.f1(radius) > best) {
          best = curve.f1(radius);
          chosen = OptionalInt.of(radius);
        }
      }
      boolean isUsual = minPrecision.isEmpty() && curve.f1(usual) >= AS_GOOD * best && best > 0;
      return isUsual ? OptionalInt.of(usual) : chosen;
    }

    /** Why it is this one. */
    String reason(RadiusCurve curve, int radius) {
      if (minPrecision.isPresent()) {
        return toString();
      }
      return radius == curve.defaultRadius()
          ? "the default"
          : "the radius with the largest F1, where the default is " + curve.defaultRadius();
    }

    @Override
    public String toString() {
      return minPrecision.isPresent()
          ? "the largest radius with a precision of at least " + minPrecision.getAsDouble()
          : "the default, or the radius with the largest F1 if that is clearly larger";
    }
  }
}
