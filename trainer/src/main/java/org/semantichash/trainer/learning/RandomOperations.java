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

/** Operations that draw random numbers. */
final class RandomOperations {

  private RandomOperations() {}

  static Variable dropout(Tape tape, Variable x, double keep) {
    if (keep == 1) {
      return x;
    }
    Noise noise = tape.noise();
    Variable y = tape.variable(x.value.rows, x.value.columns);
    Matrix factors = tape.zeros(x.value.rows, x.value.columns);
    float kept = (float) (1 / keep);
    for (int i = 0; i < factors.data.length; i++) {
      factors.data[i] = noise.uniform(i) < keep ? kept : 0;
      y.value.data[i] = x.value.data[i] * factors.data[i];
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < factors.data.length; i++) {
            x.gradient.data[i] += y.gradient.data[i] * factors.data[i];
          }
        });
    return y;
  }

  static Variable sampleBits(Tape tape, Variable probabilities, float gradientFactor) {
    Noise noise = tape.noise();
    Variable bits = tape.variable(probabilities.value.rows, probabilities.value.columns);
    for (int i = 0; i < bits.value.data.length; i++) {
      bits.value.data[i] = probabilities.value.data[i] >= noise.uniform(i) ? 1 : 0;
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < bits.value.data.length; i++) {
            probabilities.gradient.data[i] += gradientFactor * bits.gradient.data[i];
          }
        });
    return bits;
  }

  static Variable addNoise(Tape tape, Variable x, Variable logVariance) {
    Noise noise = tape.noise();
    Variable y = tape.variable(x.value.rows, x.value.columns);
    for (int i = 0; i < y.value.data.length; i++) {
      float sigma = (float) StrictMath.exp(logVariance.value.data[i] / 2);
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
}
