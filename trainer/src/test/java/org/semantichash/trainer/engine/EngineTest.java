// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.engine.Kernels.FloatMath;
import org.semantichash.trainer.engine.Optimizer.Adam;
import org.semantichash.trainer.engine.Products.Workers;
import org.semantichash.trainer.engine.RandomOperations.Noise;
import org.semantichash.trainer.engine.StepContext.Variable;

/** Kernels, noise and Adam. */
class EngineTest {

  private final SplittableRandom random = new SplittableRandom(5);

  private float[] floats(int n, double from, double to) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(from, to);
    }
    return values;
  }

  @Test
  void vectorAndPlainKernelsGiveTheSameBits() {
    Kernels vector = new VectorKernels();
    Kernels plain = Kernels.scalar();
    for (int n = 0; n < 100; n++) {
      float[] x = floats(n + 3, -2, 2);
      float[] y = floats(n + 5, -2, 2);
      float[] expected = y.clone();
      plain.addScaled(expected, 2, x, 3, n, 0.7f);
      plain.scale(expected, 3, n, 1.3f);
      vector.addScaled(y, 2, x, 3, n, 0.7f);
      vector.scale(y, 3, n, 1.3f);
      plain.setScaled(expected, 4, x, 1, n, -0.3f);
      vector.setScaled(y, 4, x, 1, n, -0.3f);
      assertArrayEquals(expected, y);
      assertEquals(plain.max(y, 2, n), vector.max(y, 2, n));
      float[] e = floats(n + 2, -100, 0.5);
      float[] expectedExp = e.clone();
      plain.expShifted(expectedExp, 1, n, 0.5f);
      vector.expShifted(e, 1, n, 0.5f);
      assertArrayEquals(expectedExp, e);
    }
  }

  @Test
  void vectorAndPlainKernelsTakeTheSameStepsOfAdam() {
    for (int n = 0; n < 100; n++) {
      int size = n + 3;
      Matrix value = new Matrix(1, size, floats(size, -2, 2));
      Parameter plain = Parameter.dense("p", new Matrix(1, size, value.toArray()));
      Parameter vector = Parameter.dense("p", value);
      for (int step = 0; step < 3; step++) {
        float[] gradient = floats(size, -2, 2);
        plain.gradient = new Matrix(1, size, gradient);
        vector.gradient = new Matrix(1, size, gradient);
        Adam.Step settings = new Adam.Step(0.3f, 0.01f, 1e-8f);
        Kernels.scalar().adam(plain, 3, 1, n, settings);
        new VectorKernels().adam(vector, 3, 1, n, settings);
        assertArrayEquals(plain.value.data, vector.value.data);
        assertArrayEquals(plain.firstMoment, vector.firstMoment);
        assertArrayEquals(plain.secondMoment, vector.secondMoment);
      }
    }
  }

  @Test
  void theVectorApiIsUsedWhereTheModuleIs() {
    assertTrue(Kernels.best() instanceof VectorKernels, "the tests run with the module");
  }

  @Test
  void theExponentialIsGoodToSinglePrecision() {
    for (int i = 0; i < 100_000; i++) {
      float x = (float) random.nextDouble(-87, 0);
      double exact = StrictMath.exp(x);
      assertEquals(1, FloatMath.exp(x) / exact, 3e-7, "exp(" + x + ")");
    }
    assertEquals(1f, FloatMath.exp(0));
    assertEquals(FloatMath.exp(-87), FloatMath.exp(Float.NEGATIVE_INFINITY));
    assertTrue(Float.isNaN(FloatMath.exp(Float.NaN)));
  }

  @Test
  void noiseHasTheMomentsOfItsDistribution() {
    Noise noise = Noise.of(1, 2, 3);
    double uniform = 0;
    double normal = 0;
    double squares = 0;
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      float u = noise.uniform(i);
      assertTrue(u >= 0 && u < 1);
      uniform += u;
      normal += noise.normal(i);
      squares += noise.normal(i) * noise.normal(i);
    }
    assertEquals(0.5, uniform / n, 0.003);
    assertEquals(0, normal / n, 0.01);
    assertEquals(1, squares / n, 0.015);
  }

  @Test
  void noiseDependsOnSeedStepAndOperation() {
    float first = Noise.of(1, 1, 1).uniform(0);
    assertEquals(first, Noise.of(1, 1, 1).uniform(0));
    assertTrue(first != Noise.of(2, 1, 1).uniform(0));
    assertTrue(first != Noise.of(1, 2, 1).uniform(0));
    assertTrue(first != Noise.of(1, 1, 2).uniform(0));
    assertTrue(first != Noise.of(1, 1, 1).uniform(1));
  }

  @Test
  void sampledBitsPassTheirGradientStraightThrough() {
    try (Workers workers = new Workers(1)) {
      Tape tape = FiniteDifferences.tape(Kernels.scalar(), workers);
      Parameter p = Parameter.dense("p", new Matrix(100, 100));
      Arrays.fill(p.value.data, 0.3f);
      Variable bits = tape.sampleBits(FiniteDifferences.asVariable(tape, p), 0.5f);
      double ones = 0;
      for (float bit : bits.value.data) {
        assertTrue(bit == 0 || bit == 1);
        ones += bit;
      }
      assertEquals(0.3, ones / 10_000, 0.02);
      tape.backward(FiniteDifferences.weightedSum(tape, bits));
      assertEquals(0.5 * StrictMath.sin(0.3), p.gradient.data[0], 1e-6);
      assertEquals(0.5 * StrictMath.sin(2.0), p.gradient.data[1], 1e-6);
    }
  }

  @Test
  void adamTakesTheStepsOfTheDefinition() {
    Optimizer.Options options = new Optimizer.Options(0.1, 1, 0);
    try (Workers workers = new Workers(1)) {
      Adam adam = new Adam(options, Kernels.best(), workers);
      Parameter x = Parameter.dense("x", new Matrix(1, 1));
      double value = 0;
      double m = 0;
      double v = 0;
      for (int step = 1; step <= 50; step++) {
        double g = StrictMath.cos(step);
        x.gradient.data[0] = (float) g;
        adam.step(List.of(x));
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        double mHat = m / (1 - StrictMath.pow(0.9, (double) step));
        double vHat = v / (1 - StrictMath.pow(0.999, (double) step));
        value -= 0.1 * mHat / (Math.sqrt(vHat) + 1e-8);
        assertEquals(value, x.value.data[0], 1e-4, "step " + step);
        assertEquals(0, x.gradient.data[0]);
      }
    }
  }

  @Test
  void adamTakesEveryElementAndClearsItsGradientWithAnyNumberOfThreads() {
    Optimizer.Options options = new Optimizer.Options(0.1, 1, 0);
    float[] gradient = floats(5_003, 0.5, 2);
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        Parameter x = Parameter.dense("x", new Matrix(1, gradient.length));
        System.arraycopy(gradient, 0, x.gradient.data, 0, gradient.length);
        new Adam(options, Kernels.best(), workers).step(List.of(x));
        for (int i = 0; i < gradient.length; i++) {
          assertEquals(-0.1f, x.value.data[i], 1e-5f, "[" + i + "]"); // the first step: the rate
          assertEquals(0, x.gradient.data[i]);
        }
      }
    }
  }

  @Test
  void adamLeavesUntouchedRowsAloneAndClips() {
    Optimizer.Options options = new Optimizer.Options(0.1, 1, 1);
    try (Workers workers = new Workers(1)) {
      Adam adam = new Adam(options, Kernels.best(), workers);
      Parameter x = Parameter.rowSparse("x", new Matrix(4, 2));
      x.touch(new int[] {2});
      x.gradient.data[0] = 30;
      x.gradient.data[1] = 40;
      adam.step(List.of(x));
      assertArrayEquals(new float[] {0, 0, 0, 0, -0.1f, -0.1f, 0, 0}, x.value.data, 1e-4f);
      assertEquals(0.06f, x.firstMoment[4], 1e-6f); // 0.1 of 30, clipped by 1 / 50
      assertEquals(0, x.gradientSize());
    }
  }

  @Test
  void dropoutThatKeepsAllIsNothing() {
    try (Workers workers = new Workers(1)) {
      Tape tape = FiniteDifferences.tape(Kernels.scalar(), workers);
      Variable x = tape.variable(2, 2);
      assertSame(x, tape.dropout(x, 1));
    }
  }
}
