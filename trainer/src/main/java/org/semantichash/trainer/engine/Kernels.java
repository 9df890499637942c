// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import org.semantichash.trainer.engine.Matrix.View;
import org.semantichash.trainer.engine.Optimizer.Adam;

/**
 * The inner loops of the engine. Every implementation does the same operations on each element, in
 * the same order, so that all give the same bits. A product is added with one rounding, {@link
 * Math#fma(float, float, float)}: fast on a CPU that has the instruction (most x86 since 2013, all
 * of ARM64), right but very slow on others. There is no sum over lanes: its order would depend on
 * the machine.
 */
abstract class Kernels {

  /** The right factor of a product has rows of a multiple of this: no vector is longer. */
  static final int PADDING = 16;

  /** Plain loops; the compiler turns most of them into vector code. */
  static Kernels scalar() {
    return KernelChoice.SCALAR;
  }

  /** The fastest that this JVM has: needs the module jdk.incubator.vector, else plain loops. */
  static Kernels best() {
    return KernelChoice.KERNELS;
  }

  /** y[yo..] += a x[xo..], n elements. */
  abstract void addScaled(float[] y, int yo, float[] x, int xo, int n, float a);

  /** y[yo..] = a x[xo..], n elements. */
  abstract void setScaled(float[] y, int yo, float[] x, int xo, int n, float a);

  /**
   * c = start + a b, for c and start [rows, columns], a [rows, depth] and b [depth, columns]: each
   * element begins at start's, then a(row, k) b(k, column) is added for k = 0, 1, 2 and so on. So a
   * product may be cut anywhere, also along k when the parts come in order.
   *
   * @param c with a column stride of 1
   * @param start with a column stride of 1; may be c
   * @param b with a column stride of 1 and rows padded to a multiple of {@link #PADDING}; what is
   *     in the padding does not matter
   */
  abstract void product(View c, View start, View a, View b, int rows, int depth, int columns);

  /** The largest of x[o..], n elements; negative infinity when n is 0. */
  abstract float max(float[] x, int o, int n);

  /** x[o..] = exp(x[o..] - shift), n elements; the argument must not be above 0. */
  abstract void expShifted(float[] x, int o, int n, float shift);

  /** x[o..] *= a, n elements. */
  abstract void scale(float[] x, int o, int n, float a);

  /**
   * A step of Adam on n elements of value, first and second moment from o on, with the gradient
   * from go on.
   */
  abstract void adam(Parameter parameter, int o, int go, int n, Adam.Step step);

  /** Decided once. */
  private static final class KernelChoice {

    static final Kernels SCALAR = new ScalarKernels();
    static final Kernels KERNELS =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            ? new VectorKernels()
            : SCALAR;
  }

  /** Plain loops; the compiler turns most of them into vector code. */
  static final class ScalarKernels extends Kernels {

    static final ScalarKernels INSTANCE = new ScalarKernels();

    private ScalarKernels() {}

    @Override
    void addScaled(float[] y, int yo, float[] x, int xo, int n, float a) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
      }
    }

    @Override
    void setScaled(float[] y, int yo, float[] x, int xo, int n, float a) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = a * x[xo + i];
      }
    }

    @Override
    void product(View c, View start, View a, View b, int rows, int depth, int columns) {
      for (int row = 0; row < rows; row++) {
        int target = c.index(row, 0);
        System.arraycopy(start.data(), start.index(row, 0), c.data(), target, columns);
        int k = 0;
        for (; k + 4 <= depth; k += 4) {
          addScaled4(c.data(), target, a, row, k, b, columns);
        }
        for (; k < depth; k++) {
          float factor = a.data()[a.index(row, k)];
          addScaled(c.data(), target, b.data(), b.index(k, 0), columns, factor);
        }
      }
    }

    /** Four rows of b in one pass over y. */
    private static void addScaled4(float[] y, int yo, View a, int row, int k, View b, int n) {
      float a0 = a.data()[a.index(row, k)];
      float a1 = a.data()[a.index(row, k + 1)];
      float a2 = a.data()[a.index(row, k + 2)];
      float a3 = a.data()[a.index(row, k + 3)];
      float[] x = b.data();
      int x0 = b.index(k, 0);
      int x1 = b.index(k + 1, 0);
      int x2 = b.index(k + 2, 0);
      int x3 = b.index(k + 3, 0);
      for (int i = 0; i < n; i++) {
        float sum = Math.fma(a0, x[x0 + i], y[yo + i]);
        sum = Math.fma(a1, x[x1 + i], sum);
        sum = Math.fma(a2, x[x2 + i], sum);
        y[yo + i] = Math.fma(a3, x[x3 + i], sum);
      }
    }

    @Override
    float max(float[] x, int o, int n) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = o; i < o + n; i++) {
        max = Math.max(max, x[i]);
      }
      return max;
    }

    @Override
    void expShifted(float[] x, int o, int n, float shift) {
      for (int i = o; i < o + n; i++) {
        x[i] = FloatMath.exp(x[i] - shift);
      }
    }

    @Override
    void scale(float[] x, int o, int n, float a) {
      for (int i = o; i < o + n; i++) {
        x[i] *= a;
      }
    }

    @Override
    void adam(Parameter parameter, int o, int go, int n, Adam.Step step) {
      float[] value = parameter.value.data;
      float[] gradient = parameter.gradient.data;
      float[] first = parameter.firstMoment;
      float[] second = parameter.secondMoment;
      for (int i = 0; i < n; i++) {
        float g = gradient[go + i] * step.scale();
        float m = Adam.BETA1 * first[o + i] + (1 - Adam.BETA1) * g;
        float v = Adam.BETA2 * second[o + i] + (1 - Adam.BETA2) * (g * g);
        first[o + i] = m;
        second[o + i] = v;
        value[o + i] -= step.size() * m / ((float) Math.sqrt(v) + step.epsilon());
      }
    }
  }

  /**
   * Exponential and logarithm in single precision, made of the four basic operations: several times
   * faster than StrictMath's, the same on every machine, and the same bits in plain loops as in
   * vector code.
   */
  static final class FloatMath {

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
}
