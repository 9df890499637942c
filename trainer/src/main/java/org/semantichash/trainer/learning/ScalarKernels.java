/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.learning;

/** Plain loops; the compiler turns most of them into vector code. */
final class ScalarKernels extends Kernels {

  static final ScalarKernels INSTANCE = new ScalarKernels();

  private ScalarKernels() {}

  @Override
  void addScaled(float[] y, int yo, float[] x, int xo, int n, float a) {
    for (int i = 0; i < n; i++) {
      y[yo + i] += a * x[xo + i];
    }
  }

  @Override
  void addScaled4(
      float[] y,
      int yo,
      float[] x,
      int xo,
      int stride,
      int n,
      float a0,
      float a1,
      float a2,
      float a3) {
    int x1 = xo + stride;
    int x2 = x1 + stride;
    int x3 = x2 + stride;
    for (int i = 0; i < n; i++) {
      y[yo + i] += ((a0 * x[xo + i] + a1 * x[x1 + i]) + a2 * x[x2 + i]) + a3 * x[x3 + i];
    }
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
}
