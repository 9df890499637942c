// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

/**
 * exp in single precision for arguments up to 0, made of the four basic operations so that plain
 * loops and vector code give the same bits. The relative error is below 2e-7; what is below {@link
 * #LOWEST} counts as it.
 */
final class Exponential {

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

  private Exponential() {}

  static float exp(float argument) {
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

  /** The same for any argument; what is above 88 counts as it. */
  static float bounded(float argument) {
    return exp(Math.min(argument, 88));
  }
}
