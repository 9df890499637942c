// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import org.semantichash.trainer.engine.Matrix.View;

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
    return Best.SCALAR;
  }

  /** The fastest that this JVM has: needs the module jdk.incubator.vector, else plain loops. */
  static Kernels best() {
    return Best.KERNELS;
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
  private static final class Best {

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
}
