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

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops with the Vector API; what does not fill a vector is left to the plain loops. */
final class VectorKernels extends Kernels {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  @Override
  void addScaled(float[] y, int yo, float[] x, int xo, int n, float a) {
    int bound = FLOATS.loopBound(n);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector product = FloatVector.fromArray(FLOATS, x, xo + i).mul(a);
      FloatVector.fromArray(FLOATS, y, yo + i).add(product).intoArray(y, yo + i);
    }
    ScalarKernels.INSTANCE.addScaled(y, yo + bound, x, xo + bound, n - bound, a);
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
    int bound = FLOATS.loopBound(n);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector sum =
          FloatVector.fromArray(FLOATS, x, xo + i)
              .mul(a0)
              .add(FloatVector.fromArray(FLOATS, x, x1 + i).mul(a1))
              .add(FloatVector.fromArray(FLOATS, x, x2 + i).mul(a2))
              .add(FloatVector.fromArray(FLOATS, x, x3 + i).mul(a3));
      FloatVector.fromArray(FLOATS, y, yo + i).add(sum).intoArray(y, yo + i);
    }
    ScalarKernels.INSTANCE.addScaled4(
        y, yo + bound, x, xo + bound, stride, n - bound, a0, a1, a2, a3);
  }

  @Override
  void expShifted(float[] x, int o, int n, float shift) {
    int bound = FLOATS.loopBound(n);
    for (int i = o; i < o + bound; i += FLOATS.length()) {
      exp(FloatVector.fromArray(FLOATS, x, i).sub(shift)).intoArray(x, i);
    }
    ScalarKernels.INSTANCE.expShifted(x, o + bound, n - bound, shift);
  }

  private static FloatVector exp(FloatVector argument) {
    FloatVector x = argument.max(Exponential.LOWEST);
    FloatVector n = x.mul(Exponential.LOG2_E).add(Exponential.ROUND).sub(Exponential.ROUND);
    FloatVector r = x.sub(n.mul(Exponential.LN2_HIGH)).sub(n.mul(Exponential.LN2_LOW));
    FloatVector p = r.mul(Exponential.C6).add(Exponential.C5);
    p = p.mul(r).add(Exponential.C4);
    p = p.mul(r).add(Exponential.C3);
    p = p.mul(r).add(Exponential.C2);
    p = p.mul(r).add(1f);
    p = p.mul(r).add(1f);
    IntVector exponent =
        ((IntVector) n.convertShape(VectorOperators.F2I, INTS, 0))
            .add(127)
            .lanewise(VectorOperators.LSHL, 23);
    return p.mul(exponent.reinterpretAsFloats());
  }

  @Override
  void scale(float[] x, int o, int n, float a) {
    int bound = FLOATS.loopBound(n);
    for (int i = o; i < o + bound; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, x, i).mul(a).intoArray(x, i);
    }
    ScalarKernels.INSTANCE.scale(x, o + bound, n - bound, a);
  }
}
