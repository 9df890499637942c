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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundingsTest {

  private final SplittableRandom random = new SplittableRandom(23);

  /** Sums of the same products in random orders, some with fused multiply-add. */
  @Test
  void sumsInAnyOrderLieWithinGamma() {
    for (int round = 0; round < 2000; round++) {
      int count = random.nextInt(1, 100);
      float[] a = floats(count);
      float[] b = floats(count);
      double exact = 0;
      double magnitude = 0;
      for (int i = 0; i < count; i++) {
        exact += (double) a[i] * b[i];
        magnitude += Math.abs((double) a[i] * b[i]);
      }
      double error = Math.abs(sum(a, b) - exact);
      assertTrue(error <= Roundings.gamma(count) * magnitude, count + " products");
    }
  }

  /** Joins any two partial sums until one is left; a product may join without being rounded. */
  private float sum(float[] a, float[] b) {
    List<Float> sums = new ArrayList<>();
    for (int i = 0; i < a.length; i++) {
      if (sums.isEmpty() || random.nextBoolean()) {
        sums.add(a[i] * b[i]);
      } else {
        int at = random.nextInt(sums.size());
        sums.set(at, Math.fma(a[i], b[i], sums.get(at)));
      }
    }
    while (sums.size() > 1) {
      float last = sums.removeLast();
      int at = random.nextInt(sums.size());
      sums.set(at, sums.get(at) + last);
    }
    return sums.getFirst();
  }

  private float[] floats(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-8, 8));
    }
    return values;
  }

  @Test
  void gammaIsAboveTheShareOfTheUnitAndEndsWhereItDoesNotExist() {
    assertTrue(Roundings.gamma(1) > 0x1p-24 && Roundings.gamma(1) < 0x1.1p-24);
    assertTrue(Roundings.gamma(1000) > 1000 * 0x1p-24);
    assertEquals(Double.POSITIVE_INFINITY, Roundings.gamma(1 << 23));
    assertEquals(Double.POSITIVE_INFINITY, Roundings.gamma(Integer.MAX_VALUE));
  }
}
