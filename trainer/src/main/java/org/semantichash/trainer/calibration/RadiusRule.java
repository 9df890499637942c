// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a radius is chosen from a curve.
 *
 * @param minPrecision with it, the largest radius whose precision is at least this; without, the
 *     radius with the largest F1, of equal ones the smallest
 */
public record RadiusRule(OptionalDouble minPrecision) {

  /** Checks the precision. */
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
    return chosen;
  }

  @Override
  public String toString() {
    return minPrecision.isPresent()
        ? "the largest radius with a precision of at least " + minPrecision.getAsDouble()
        : "the radius with the largest F1";
  }
}
