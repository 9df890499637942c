// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.semantichash.trainer.engine.Kernels.FloatMath;
import org.semantichash.trainer.engine.Matrix.View;
import org.semantichash.trainer.engine.Optimizer.Adam;

/** The loops with the Vector API; what does not fill a vector is left to the plain loops. */
final class VectorKernels extends Kernels {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  @Override
  void addScaled(float[] y, int yo, float[] x, int xo, int n, float a) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    int bound = FLOATS.loopBound(n);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      factor
          .fma(FloatVector.fromArray(FLOATS, x, xo + i), FloatVector.fromArray(FLOATS, y, yo + i))
          .intoArray(y, yo + i);
    }
    Kernels.scalar().addScaled(y, yo + bound, x, xo + bound, n - bound, a);
  }

  @Override
  void setScaled(float[] y, int yo, float[] x, int xo, int n, float a) {
    int bound = FLOATS.loopBound(n);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, x, xo + i).mul(a).intoArray(y, yo + i);
    }
    Kernels.scalar().setScaled(y, yo + bound, x, xo + bound, n - bound, a);
  }

  @Override
  void product(View c, View start, View a, View b, int rows, int depth, int columns) {
    new VectorProduct(c, start, a, b, depth).run(rows, columns);
  }

  @Override
  float max(float[] x, int o, int n) {
    FloatVector max0 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector max1 = max0;
    int step = 2 * FLOATS.length(); // two do not wait for each other
    int bound = n - n % step;
    for (int i = o; i < o + bound; i += step) {
      max0 = max0.max(FloatVector.fromArray(FLOATS, x, i));
      max1 = max1.max(FloatVector.fromArray(FLOATS, x, i + FLOATS.length()));
    }
    float rest = Kernels.scalar().max(x, o + bound, n - bound);
    return Math.max(max0.max(max1).reduceLanes(VectorOperators.MAX), rest); // in any order
  }

  @Override
  void expShifted(float[] x, int o, int n, float shift) {
    int bound = FLOATS.loopBound(n);
    for (int i = o; i < o + bound; i += FLOATS.length()) {
      exp(FloatVector.fromArray(FLOATS, x, i).sub(shift)).intoArray(x, i);
    }
    Kernels.scalar().expShifted(x, o + bound, n - bound, shift);
  }

  private static FloatVector exp(FloatVector argument) {
    FloatVector x = argument.max(FloatMath.LOWEST);
    FloatVector rounded = x.mul(FloatMath.LOG2_E).add(FloatMath.ROUND);
    FloatVector n = rounded.sub(FloatMath.ROUND);
    FloatVector r = x.sub(n.mul(FloatMath.LN2_HIGH)).sub(n.mul(FloatMath.LN2_LOW));
    FloatVector p = r.mul(FloatMath.C6).add(FloatMath.C5);
    p = p.mul(r).add(FloatMath.C4);
    p = p.mul(r).add(FloatMath.C3);
    p = p.mul(r).add(FloatMath.C2);
    p = p.mul(r).add(1f);
    p = p.mul(r).add(1f);
    // the lowest bits of the rounded number are n, the others are shifted out
    IntVector exponent =
        rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(127 << 23);
    return p.mul(exponent.reinterpretAsFloats());
  }

  @Override
  void scale(float[] x, int o, int n, float a) {
    int bound = FLOATS.loopBound(n);
    for (int i = o; i < o + bound; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, x, i).mul(a).intoArray(x, i);
    }
    Kernels.scalar().scale(x, o + bound, n - bound, a);
  }

  @Override
  void adam(Parameter parameter, int o, int go, int n, Adam.Step step) {
    float[] value = parameter.value.data;
    float[] gradient = parameter.gradient.data;
    float[] first = parameter.firstMoment;
    float[] second = parameter.secondMoment;
    int bound = FLOATS.loopBound(n);
    for (int i = 0; i < bound; i += FLOATS.length()) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, go + i).mul(step.scale());
      FloatVector m =
          FloatVector.fromArray(FLOATS, first, o + i).mul(Adam.BETA1).add(g.mul(1 - Adam.BETA1));
      FloatVector v =
          FloatVector.fromArray(FLOATS, second, o + i)
              .mul(Adam.BETA2)
              .add(g.mul(g).mul(1 - Adam.BETA2));
      m.intoArray(first, o + i);
      v.intoArray(second, o + i);
      FloatVector change = m.mul(step.size()).div(v.sqrt().add(step.epsilon()));
      FloatVector.fromArray(FLOATS, value, o + i).sub(change).intoArray(value, o + i);
    }
    Kernels.scalar().adam(parameter, o + bound, go + bound, n - bound, step);
  }
}
