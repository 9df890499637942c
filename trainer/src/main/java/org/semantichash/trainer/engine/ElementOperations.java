// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import org.semantichash.trainer.engine.Kernels.FloatMath;
import org.semantichash.trainer.engine.StepContext.Variable;

/** Operations element by element or row by row, without random numbers. */
final class ElementOperations {

  private ElementOperations() {}

  /** A function of one number whose derivative follows from its argument and value. */
  private interface Derivative {
    float at(float x, float y);
  }

  private interface Function {
    float at(float x);
  }

  static Variable relu(StepContext tape, Variable x) {
    Variable y = tape.variable(x.value.rows, x.value.columns);
    for (int i = 0; i < y.value.data.length; i++) {
      y.value.data[i] = Math.max(0, x.value.data[i]);
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < y.value.data.length; i++) {
            x.gradient.data[i] += x.value.data[i] > 0 ? y.gradient.data[i] : 0;
          }
        });
    return y;
  }

  static Variable sigmoid(StepContext tape, Variable x) {
    Variable y = tape.variable(x.value.rows, x.value.columns);
    for (int i = 0; i < y.value.data.length; i++) {
      y.value.data[i] = sigmoid(x.value.data[i]);
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < y.value.data.length; i++) {
            float p = y.value.data[i];
            x.gradient.data[i] += y.gradient.data[i] * p * (1 - p);
          }
        });
    return y;
  }

  static Variable tanh(StepContext tape, Variable x) {
    return map(tape, x, a -> 2 * sigmoid(2 * a) - 1, (a, y) -> 1 - y * y);
  }

  /** 1 / (1 + exp(-x)) without an exponential above 1. */
  static float sigmoid(float x) {
    float e = FloatMath.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  static Variable exp(StepContext tape, Variable x) {
    return map(tape, x, FloatMath::boundedExp, (a, y) -> y);
  }

  static Variable softplus(StepContext tape, Variable x) {
    return map(tape, x, ElementOperations::softplus, (a, y) -> sigmoid(a));
  }

  /** log(1 + exp(x)) without an exponential above 1; the relative error is below 1e-6. */
  static float softplus(float x) {
    return Math.max(0, x) + FloatMath.log1p(FloatMath.exp(-Math.abs(x)));
  }

  static Variable log1mSquare(StepContext tape, Variable x) {
    return map(
        tape, x, a -> (float) StrictMath.log1p(-(double) a * a), (a, y) -> -2 * a / (1 - a * a));
  }

  static Variable affine(StepContext tape, Variable x, float factor, float shift) {
    return map(tape, x, a -> factor * a + shift, (a, y) -> factor);
  }

  private static boolean sameShape(Variable x, Variable y) {
    return x.value.rows == y.value.rows && x.value.columns == y.value.columns;
  }

  static Variable product(StepContext tape, Variable x, Variable y) {
    assert sameShape(x, y);
    Variable z = tape.variable(x.value.rows, x.value.columns);
    for (int i = 0; i < z.value.data.length; i++) {
      z.value.data[i] = x.value.data[i] * y.value.data[i];
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < z.value.data.length; i++) {
            x.gradient.data[i] += z.gradient.data[i] * y.value.data[i];
            y.gradient.data[i] += z.gradient.data[i] * x.value.data[i];
          }
        });
    return z;
  }

  static Variable bernoulli(StepContext tape, Variable bits, Variable logits) {
    assert sameShape(bits, logits);
    int width = bits.value.columns;
    Variable y = tape.variable(bits.value.rows, 1);
    Matrix probabilities = tape.zeros(bits.value.rows, width);
    for (int row = 0; row < y.value.rows; row++) {
      double sum = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        float x = logits.value.data[i];
        float e = FloatMath.exp(-Math.abs(x));
        probabilities.data[i] = x >= 0 ? 1 / (1 + e) : e / (1 + e);
        sum += bits.value.data[i] * x - (Math.max(0, x) + FloatMath.log1p(e));
      }
      y.value.data[row] = (float) sum;
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < probabilities.data.length; i++) {
            float gradient = y.gradient.data[i / width];
            bits.gradient.data[i] += gradient * logits.value.data[i];
            logits.gradient.data[i] += gradient * (bits.value.data[i] - probabilities.data[i]);
          }
        });
    return y;
  }

  static Variable scaleRows(StepContext tape, Variable x, float[] factors) {
    assert factors.length == x.value.rows;
    int width = x.value.columns;
    Variable y = tape.variable(x.value.rows, width);
    for (int i = 0; i < y.value.data.length; i++) {
      y.value.data[i] = x.value.data[i] * factors[i / width];
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < y.value.data.length; i++) {
            x.gradient.data[i] += y.gradient.data[i] * factors[i / width];
          }
        });
    return y;
  }

  private static Variable map(
      StepContext tape, Variable x, Function function, Derivative derivative) {
    Variable y = tape.variable(x.value.rows, x.value.columns);
    for (int i = 0; i < y.value.data.length; i++) {
      y.value.data[i] = function.at(x.value.data[i]);
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < y.value.data.length; i++) {
            x.gradient.data[i] +=
                y.gradient.data[i] * derivative.at(x.value.data[i], y.value.data[i]);
          }
        });
    return y;
  }

  static Variable combine(StepContext tape, float a, Variable x, float b, Variable y) {
    assert sameShape(x, y);
    Variable sum = tape.variable(x.value.rows, x.value.columns);
    for (int i = 0; i < sum.value.data.length; i++) {
      sum.value.data[i] = a * x.value.data[i] + b * y.value.data[i];
    }
    tape.onBackward(
        () -> {
          for (int i = 0; i < sum.value.data.length; i++) {
            x.gradient.data[i] += a * sum.gradient.data[i];
            y.gradient.data[i] += b * sum.gradient.data[i];
          }
        });
    return sum;
  }

  static Variable softmax(StepContext tape, Variable x) {
    Variable y = tape.variable(x.value.rows, x.value.columns);
    int columns = x.value.columns;
    System.arraycopy(x.value.data, 0, y.value.data, 0, y.value.data.length);
    for (int row = 0; row < x.value.rows; row++) {
      softmaxInPlace(y.value.data, row * columns, columns);
    }
    tape.onBackward(
        () -> {
          for (int row = 0; row < x.value.rows; row++) {
            softmaxBackward(x, y, row * columns, columns);
          }
        });
    return y;
  }

  static void softmaxInPlace(float[] data, int offset, int length) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = offset; i < offset + length; i++) {
      max = Math.max(max, data[i]);
    }
    double sum = 0;
    for (int i = offset; i < offset + length; i++) {
      data[i] = FloatMath.exp(data[i] - max);
      sum += data[i];
    }
    for (int i = offset; i < offset + length; i++) {
      data[i] = (float) (data[i] / sum);
    }
  }

  private static void softmaxBackward(Variable x, Variable y, int offset, int length) {
    double mean = 0;
    for (int i = offset; i < offset + length; i++) {
      mean += (double) y.value.data[i] * y.gradient.data[i];
    }
    for (int i = offset; i < offset + length; i++) {
      x.gradient.data[i] += (float) (y.value.data[i] * (y.gradient.data[i] - mean));
    }
  }
}
