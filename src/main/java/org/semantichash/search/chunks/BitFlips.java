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
package org.semantichash.search.chunks;

import java.util.Arrays;

/** The values at one Hamming distance from a value. */
final class BitFlips {

  private BitFlips() {}

  /**
   * How many values differ in exactly this many bits: the binomial coefficient.
   *
   * @param width the bits of a value, at most 31
   * @param flips the bits that differ; none do when there are more than the value has
   */
  static long count(int width, int flips) {
    if (flips > width) {
      return 0;
    }
    long count = 1;
    for (int i = 1; i <= flips; i++) {
      count = count * (width - flips + i) / i;
    }
    return count;
  }

  /** All of these values, ascending. */
  static int[] values(int value, int width, int flips) {
    int[] values = new int[Math.toIntExact(count(width, flips))];
    long mask = (1L << flips) - 1;
    for (int i = 0; i < values.length; i++) {
      values[i] = value ^ (int) mask;
      mask = nextWithAsManyBits(mask);
    }
    Arrays.sort(values);
    return values;
  }

  // Gosper's hack (HAKMEM, item 175).
  private static long nextWithAsManyBits(long mask) {
    if (mask == 0) {
      return 0;
    }
    long lowest = mask & -mask;
    long carried = mask + lowest;
    return carried | ((mask ^ carried) >>> 2) / lowest;
  }
}
