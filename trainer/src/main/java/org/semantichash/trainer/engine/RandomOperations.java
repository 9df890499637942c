// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import org.semantichash.trainer.engine.Kernels.FloatMath;
import org.semantichash.trainer.engine.StepContext.Variable;

/** Operations that draw random numbers. */
final class RandomOperations {

  private RandomOperations() {}

  static Variable dropout(StepContext tape, Variable x, double keep) {
    if (keep == 1) {
      return x;
    }
    Noise noise = tape.noise();
    Variable y = tape.variable(x.value.rows, x.value.columns);
    Matrix factors = tape.zeros(x.value.rows, x.value.columns);
    float kept = (float) (1 / keep);
    tape.products()
        .workers()
        .split(
            factors.rows,
            (from, to) -> {
              int last = to * factors.columns;
              for (int i = from * factors.columns; i < last; i++) {
                factors.data[i] = noise.coarse(i) < keep ? kept : 0;
                y.value.data[i] = x.value.data[i] * factors.data[i];
              }
            });
    tape.onBackward(
        () -> {
          for (int i = 0; i < factors.data.length; i++) {
            x.gradient.data[i] += y.gradient.data[i] * factors.data[i];
          }
        });
    return y;
  }

  static Variable sampleBits(StepContext tape, Variable probabilities, float gradientFactor) {
    Noise noise = tape.noise();
    Variable bits = tape.variable(probabilities.value.rows, probabilities.value.columns);
    for (int i = 0; i < bits.value.data.length; i++) {
      bits.value.data[i] = probabilities.value.data[i] >= noise.uniform(i) ? 1 : 0;
    }
    passThrough(tape, probabilities, bits, gradientFactor);
    return bits;
  }

  static Variable roundBits(StepContext tape, Variable probabilities, float gradientFactor) {
    Variable bits = tape.variable(probabilities.value.rows, probabilities.value.columns);
    for (int i = 0; i < bits.value.data.length; i++) {
      bits.value.data[i] = probabilities.value.data[i] > 0.5f ? 1 : 0;
    }
    passThrough(tape, probabilities, bits, gradientFactor);
    return bits;
  }

  private static void passThrough(StepContext tape, Variable from, Variable to, float factor) {
    tape.onBackward(
        () -> {
          for (int i = 0; i < to.value.data.length; i++) {
            from.gradient.data[i] += factor * to.gradient.data[i];
          }
        });
  }

  static Variable addNoise(StepContext tape, Variable x, Variable logVariance) {
    assert x.value.data.length == logVariance.value.data.length;
    Noise noise = tape.noise();
    Variable y = tape.variable(x.value.rows, x.value.columns);
    for (int i = 0; i < y.value.data.length; i++) {
      float sigma = FloatMath.boundedExp(logVariance.value.data[i] / 2);
      y.value.data[i] = x.value.data[i] + sigma * noise.normal(i);
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < y.value.data.length; i++) {
            x.gradient.data[i] += y.gradient.data[i];
            float noisePart = y.value.data[i] - x.value.data[i];
            logVariance.gradient.data[i] += y.gradient.data[i] * noisePart / 2;
          }
        });
    return y;
  }

  static Variable relaxedBits(StepContext tape, Variable logits, float temperature) {
    Noise noise = tape.noise();
    Variable bits = tape.variable(logits.value.rows, logits.value.columns);
    Matrix relaxed = tape.zeros(logits.value.rows, logits.value.columns);
    for (int i = 0; i < bits.value.data.length; i++) {
      float sum = logits.value.data[i] + noise.logistic(i);
      bits.value.data[i] = sum > 0 ? 1 : 0;
      relaxed.data[i] = ElementOperations.sigmoid(sum / temperature);
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < bits.value.data.length; i++) {
            float y = relaxed.data[i];
            logits.gradient.data[i] += bits.gradient.data[i] * y * (1 - y) / temperature;
          }
        });
    return bits;
  }

  static Variable addLowRankNoise(StepContext tape, Variable x, Variable factors) {
    int bits = x.value.columns;
    int rank = factors.value.columns / bits;
    Kernels kernels = tape.products().kernels();
    Noise noise = tape.noise();
    float[] drawn = new float[x.value.rows * rank];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = noise.normal(i);
    }
    Variable y = tape.variable(x.value.rows, bits);
    System.arraycopy(x.value.data, 0, y.value.data, 0, y.value.data.length);
    for (int i = 0; i < drawn.length; i++) {
      int target = i / rank * bits;
      kernels.addScaled(y.value.data, target, factors.value.data, i * bits, bits, drawn[i]);
    }
    tape.onBackward(
        () -> {
          kernels.addScaled(x.gradient.data, 0, y.gradient.data, 0, y.gradient.data.length, 1);
          for (int i = 0; i < drawn.length; i++) {
            int source = i / rank * bits;
            kernels.addScaled(
                factors.gradient.data, i * bits, y.gradient.data, source, bits, drawn[i]);
          }
        });
    return y;
  }

  /**
   * Random numbers as a function of seed, step, place in the step and position: no generator passes
   * from one to the next, so threads and order do not matter. The mixing is that of SplitMix64.
   */
  static final class Noise {

    private final long stream;

    private Noise(long stream) {
      this.stream = stream;
    }

    /** The numbers of one operation in one step. */
    static Noise of(long seed, long step, long operation) {
      return new Noise(mix(mix(mix(seed) + step) + operation));
    }

    /** Uniform in [0, 1), a multiple of 2^-24. */
    float uniform(int position) {
      return (mix(stream + position) >>> 40) * 0x1p-24f;
    }

    /** Uniform in [0, 1), a multiple of 2^-16: four of them cost one mixing. */
    float coarse(int position) {
      return ((int) (mix(stream + (position >> 2)) >>> (16 * (position & 3))) & 0xffff) * 0x1p-16f;
    }

    /** Normal with mean 0 and variance 1, by Box and Muller, to six digits. */
    float normal(int position) {
      long bits = mix(stream + position);
      float u = ((int) (bits >>> 40) + 1) * 0x1p-24f;
      float turn = (int) (bits & 0xffffff) * 0x1p-23f; // in half turns, [0, 2)
      float half = 0.5f - (turn < 1 ? turn : 2 - turn);
      return (float) Math.sqrt(-2 * FloatMath.log(u)) * sinPi(half);
    }

    /** sin(pi x) for |x| at most 1/2, by its series. */
    private static float sinPi(float x) {
      float q = x * x;
      float p = 0.08214589f;
      p = p * q - 0.5992645f;
      p = p * q + 2.550164f;
      p = p * q - 5.167713f;
      p = p * q + 3.1415927f;
      return p * x;
    }

    /** Logistic with mean 0 and scale 1: the difference of two Gumbel variables. */
    float logistic(int position) {
      float u = ((int) (mix(stream + position) >>> 41) + 0.5f) * 0x1p-23f;
      return FloatMath.log(u) - FloatMath.log(1 - u);
    }

    private static long mix(long value) {
      long z = value + 0x9e3779b97f4a7c15L;
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      return z ^ (z >>> 31);
    }
  }
}
