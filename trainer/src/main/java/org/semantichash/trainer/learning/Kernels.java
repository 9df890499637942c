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

/**
 * The inner loops of the engine. Every implementation does the same additions and multiplications
 * on each element, in the same order and without fusing them, so that all give the same bits. There
 * is no sum over lanes: its order would depend on the machine.
 */
abstract class Kernels {

  /** The fastest that this JVM has: needs the module jdk.incubator.vector, else plain loops. */
  static Kernels best() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? new VectorKernels()
        : ScalarKernels.INSTANCE;
  }

  /** y[yo..] += a x[xo..], n elements. */
  abstract void addScaled(float[] y, int yo, float[] x, int xo, int n, float a);

  /**
   * y[yo..] += a0 x[xo..] + a1 x[xo + stride..] + a2 x[xo + 2 stride..] + a3 x[xo + 3 stride..], n
   * elements; the four products are added from left to right before they are added to y.
   */
  abstract void addScaled4(
      float[] y,
      int yo,
      float[] x,
      int xo,
      int stride,
      int n,
      float a0,
      float a1,
      float a2,
      float a3);

  /** x[o..] = exp(x[o..] - shift), n elements; the argument must not be above 0. */
  abstract void expShifted(float[] x, int o, int n, float shift);

  /** x[o..] *= a, n elements. */
  abstract void scale(float[] x, int o, int n, float a);
}
