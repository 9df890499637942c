// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.hash;

import java.util.Arrays;

/** The values at one Hamming distance from a value. */
public final class BitFlips {

  private BitFlips() {}

  /**
   * How many values differ in exactly this many bits: the binomial coefficient.
   *
   * @param width the bits of a value, at most 31
   * @param flips the bits that differ; none do when there are more than the value has
   */
  public static long count(int width, int flips) {
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
  public static int[] values(int value, int width, int flips) {
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
