// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

/** Operations that draw random numbers. */
final class RandomOperations {

  private RandomOperations() {}

  static Variable dropout(Recording tape, Variable x, double keep) {
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

  static Variable sampleBits(Recording tape, Variable probabilities, float gradientFactor) {
    Noise noise = tape.noise();
    Variable bits = tape.variable(probabilities.value.rows, probabilities.value.columns);
    for (int i = 0; i < bits.value.data.length; i++) {
      bits.value.data[i] = probabilities.value.data[i] >= noise.uniform(i) ? 1 : 0;
    }
    passThrough(tape, probabilities, bits, gradientFactor);
    return bits;
  }

  static Variable roundBits(Recording tape, Variable probabilities, float gradientFactor) {
    Variable bits = tape.variable(probabilities.value.rows, probabilities.value.columns);
    for (int i = 0; i < bits.value.data.length; i++) {
      bits.value.data[i] = probabilities.value.data[i] > 0.5f ? 1 : 0;
    }
    passThrough(tape, probabilities, bits, gradientFactor);
    return bits;
  }

  private static void passThrough(Recording tape, Variable from, Variable to, float factor) {
    tape.onBackward(
        () -> {
          for (int i = 0; i < to.value.data.length; i++) {
            from.gradient.data[i] += factor * to.gradient.data[i];
          }
        });
  }

  static Variable addNoise(Recording tape, Variable x, Variable logVariance) {
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

  static Variable relaxedBits(Recording tape, Variable logits, float temperature) {
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

  static Variable addLowRankNoise(Recording tape, Variable x, Variable factors) {
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
}
