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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ElementFunctionTest {

  /** Every 1009th float of all that are numbers, so that all exponents and both signs occur. */
  private static void compare(ElementFunction function, DoubleUnaryOperator exact) {
    float[] x = new float[4096];
    int i = 0;
    for (long raw = 0; raw < 1L << 32; raw += 1009) {
      float value = Float.intBitsToFloat((int) raw);
      if (Float.isNaN(value) == false) {
        x[i++] = value;
      }
      if (i == x.length) {
        compare(function, exact, x);
        i = 0;
      }
    }
  }

  private static void compare(ElementFunction function, DoubleUnaryOperator exact, float[] x) {
    float[] y = x.clone();
    function.apply(y);
    for (int i = 0; i < x.length; i++) {
      double error = Math.abs(y[i] - exact.applyAsDouble(x[i]));
      assertTrue(error < ElementFunction.APPROXIMATION / 3, function + " of " + x[i]);
    }
  }

  @Test
  void tanhIsNearTheTrueOne() {
    compare(ElementFunction.TANH, StrictMath::tanh);
  }

  @Test
  void sigmoidIsNearTheTrueOne() {
    compare(ElementFunction.SIGMOID, x -> 1 / (1 + StrictMath.exp(-x)));
  }

  @Test
  void reluCutsBelowZero() {
    float[] values = {-1, -0f, 0, 2, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY};
    ElementFunction.RELU.apply(values);
    assertArrayEquals(new float[] {0, 0, 0, 2, 0, Float.POSITIVE_INFINITY}, values);
  }

  /** A sum of -1 here may be +1 in an engine that differs by up to 2. */
  @Test
  void reluCountsWhatMayBePositiveElsewhere() {
    float[] sums = {-3, -1, 0, 1};
    assertEquals(1, ElementFunction.RELU.nonZero(sums, 0));
    assertEquals(3, ElementFunction.RELU.nonZero(sums, 2));
    assertEquals(4, ElementFunction.TANH.nonZero(sums, 0));
  }
}
