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
package org.semantichash.encoder;

/**
 * What a layer does with each of its sums, and how far that can take two engines apart: functions
 * of inputs that differ by d differ by at most {@link #steepness} d + {@link #error}.
 */
enum ElementFunction {
  /** Nothing. */
  NONE(1, 0) {
    @Override
    void apply(float[] values) {}
  },

  /** max(0, x), exact. */
  RELU(1, 0) {
    @Override
    void apply(float[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.max(0, values[i]);
      }
    }

    @Override
    int nonZero(float[] sums, double deviation) {
      int count = 0;
      for (float sum : sums) {
        count += sum > -deviation ? 1 : 0;
      }
      return count;
    }
  },

  /** The hyperbolic tangent. */
  TANH(1, 2 * ElementFunction.APPROXIMATION) {
    @Override
    void apply(float[] values) {
      tanh(values);
    }
  },

  /** 1 / (1 + exp(-x)) = (1 + tanh(x / 2)) / 2. */
  SIGMOID(0.25, 2 * ElementFunction.APPROXIMATION) {
    @Override
    void apply(float[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= 0.5f;
      }
      tanh(values);
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.5f + 0.5f * values[i];
      }
    }
  };

  /**
   * How far an engine's tanh or sigmoid may lie from the true value. ONNX Runtime's and the one
   * here are measured to stay below a third of it; tests hold both to it.
   */
  static final double APPROXIMATION = 1e-6;

  private final double steepness;
  private final double error;

  ElementFunction(double steepness, double error) {
    this.steepness = steepness;
    this.error = error;
  }

  /** Replaces each value by the function of it. */
  abstract void apply(float[] values);

  /** How many functions of sums are not 0, at most, in an engine whose sums differ by so much. */
  int nonZero(float[] sums, double deviation) {
    return sums.length;
  }

  /** The largest slope. */
  double steepness() {
    return steepness;
  }

  /** How far two engines' results for one input may lie apart. */
  double error() {
    return error;
  }

  /**
   * The rational approximation x P(x^2) / Q(x^2) of degree 13 by 6 that Eigen and ONNX Runtime use,
   * constant beyond 9. Branches would keep the compiler from using vector instructions.
   */
  @SuppressWarnings("FloatingPointLiteralPrecision") // the digits of the source
  private static void tanh(float[] values) {
    for (int i = 0; i < values.length; i++) {
      float x = Math.min(9f, Math.max(-9f, values[i]));
      float s = x * x;
      float p = -2.76076847742355e-16f * s + 2.00018790482477e-13f;
      p = p * s - 8.60467152213735e-11f;
      p = p * s + 5.12229709037114e-08f;
      p = p * s + 1.48572235717979e-05f;
      p = p * s + 6.37261928875436e-04f;
      p = p * s + 4.89352455891786e-03f;
      float q = 1.19825839466702e-06f * s + 1.18534705686654e-04f;
      q = q * s + 2.26843463243900e-03f;
      q = q * s + 4.89352518554385e-03f;
      values[i] = x * p / q;
    }
  }
}
