// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

/**
 * Exponential and logarithm in single precision, made of the four basic operations: several times
 * faster than StrictMath's, the same on every machine, and the same bits in plain loops as in
 * vector code.
 */
final class FloatMath {

  static final float LOWEST = -87f;
  static final float LOG2_E = (float) (1 / StrictMath.log(2));

  /** ln 2 in two parts, so that the reduced argument keeps its precision. */
  static final float LN2_HIGH = 355f / 512;

  static final float LN2_LOW = (float) (StrictMath.log(2) - LN2_HIGH);

  /** Adding and taking away 1.5 x 2^23 rounds to the nearest integer. */
  static final float ROUND = 12582912f;

  static final float C2 = 0.5f;
  static final float C3 = 0.16666667f;
  static final float C4 = 0.041666668f;
  static final float C5 = 0.008333334f;
  static final float C6 = 0.0013888889f;

  /**
   * exp(x) for x up to 0; the relative error is below 2e-7. Below {@link #LOWEST} it is that of
   * {@link #LOWEST}.
   */
  static float exp(float argument) {
    assert (argument > 88) == false : argument; // NaN when a training diverges
    float x = Math.max(argument, LOWEST);
    float z = x * LOG2_E + ROUND;
    float n = z - ROUND;
    float r = (x - n * LN2_HIGH) - n * LN2_LOW;
    float p = C6;
    p = p * r + C5;
    p = p * r + C4;
    p = p * r + C3;
    p = p * r + C2;
    p = p * r + 1f;
    p = p * r + 1f;
    return p * Float.intBitsToFloat(((int) n + 127) << 23);
  }

  /** exp(x) for any x; above 88 it is that of 88. */
  static float boundedExp(float argument) {
    return exp(Math.min(argument, 88));
  }

  private static final float LN2 = (float) StrictMath.log(2);

  /**
   * log(x) for a positive normal x, with a relative error below 1e-6: the exponent, and the
   * mantissa in [2/3, 4/3) by a series.
   */
  static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    int shifted = bits - 0x3f2aaaab;
    int exponent = shifted >> 23;
    float mantissa = Float.intBitsToFloat(bits - (exponent << 23));
    return exponent * LN2 + inverseTangent((mantissa - 1) / (mantissa + 1));
  }

  /** log(1 + x) for x in [0, 1]. */
  static float log1p(float x) {
    return inverseTangent(x / (2 + x));
  }

  /** Twice the inverse hyperbolic tangent for |z| at most 1/3. */
  private static float inverseTangent(float z) {
    float q = z * z;
    float p = 1f / 13;
    p = p * q + 1f / 11;
    p = p * q + 1f / 9;
    p = p * q + 1f / 7;
    p = p * q + 1f / 5;
    p = p * q + 1f / 3;
    p = p * q + 1f;
    return 2 * z * p;
  }

  private FloatMath() {}
}
