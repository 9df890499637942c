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
package org.semantichash.duplicates;

import java.util.Arrays;

/** A stable radix sort of entries by some of their bits. */
final class EntrySort implements AutoCloseable {

  private static final int DIGIT_BITS = 11;
  private static final int SMALL = 48;

  private final int[] counts = new int[1 << DIGIT_BITS];
  private final Reservation memory;
  private long[] other = new long[0];

  EntrySort(Reservation memory) {
    this.memory = memory;
  }

  /**
   * Sorts a range by the bits at and above one; bits from {@code high} on must be equal in the
   * range, and entries that are equal in the sorted bits must be in ascending order before.
   *
   * @param low the lowest bit that counts
   * @param high the bit after the highest that counts
   */
  void sort(long[] entries, int from, int to, int low, int high) {
    if (to - from <= SMALL) {
      Arrays.sort(entries, from, to);
      return;
    }
    if (other.length < to - from) {
      grow(to - from);
    }
    int size = to - from;
    for (int shift = low; shift < high; shift += DIGIT_BITS) {
      int digits = Math.min(DIGIT_BITS, high - shift);
      count(entries, from, to, shift, (1 << digits) - 1);
      for (int i = from; i < to; i++) {
        long entry = entries[i];
        other[counts[(int) (entry >>> shift) & ((1 << digits) - 1)]++] = entry;
      }
      System.arraycopy(other, 0, entries, from, size);
    }
  }

  private void grow(int size) {
    close();
    int rounded = (int) Math.min(Integer.MAX_VALUE - 8L, size + size / 4L);
    memory.reserve((long) Long.BYTES * rounded, "[" + size + "] codes to be sorted");
    other = new long[rounded];
  }

  /** Gives its memory back. */
  @Override
  public void close() {
    if (other.length > 0) {
      memory.release((long) Long.BYTES * other.length);
    }
    other = new long[0];
  }

  private void count(long[] entries, int from, int to, int shift, int mask) {
    Arrays.fill(counts, 0, mask + 1, 0);
    for (int i = from; i < to; i++) {
      counts[(int) (entries[i] >>> shift) & mask]++;
    }
    int sum = 0;
    for (int digit = 0; digit <= mask; digit++) {
      int count = counts[digit];
      counts[digit] = sum;
      sum += count;
    }
  }
}
