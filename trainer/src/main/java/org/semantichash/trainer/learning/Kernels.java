// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

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

    static final Kernels KERNELS =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            ? new VectorKernels()
            : ScalarKernels.INSTANCE;
  }
}
