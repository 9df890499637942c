// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.learning;

/** Plain loops; the compiler turns most of them into vector code. */
final class ScalarKernels extends Kernels {

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
      x[i] = Exponential.exp(x[i] - shift);
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
