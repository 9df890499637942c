// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;

/** A stable radix sort of entries by some of their bits. */
final class EntrySort implements AutoCloseable {

  private static final int DIGIT_BITS = 11;
  private static final int SMALL = 48;
  private static final int BLOCK = 1 << 18;

  private final int[] counts = new int[1 << DIGIT_BITS];
  private final Workers workers;
  private final Reservation memory;
  private long[] other = new long[0];

  EntrySort(Workers workers, Reservation memory) {
    this.workers = workers;
    this.memory = memory;
  }

  /**
   * Sorts a range by some of its bits; a few entries are sorted by all their bits, which is the
   * same where bits from {@code high} on are equal and those below {@code low} were sorted before.
   *
   * @param low the lowest bit that counts
   * @param high the bit after the highest that counts
   */
  void sort(long[] entries, int from, int to, int low, int high) {
    assert from <= to && low <= high && high <= Long.SIZE
        : from + "-" + to + ", " + low + "-" + high;
    if (to - from <= SMALL) {
      Arrays.sort(entries, from, to);
      return;
    }
    if (other.length < to - from) {
      grow(to - from);
    }
    int size = to - from;
    for (int shift = low; shift < high; shift += DIGIT_BITS) {
      int mask = (1 << Math.min(DIGIT_BITS, high - shift)) - 1;
      count(entries, from, to, shift, mask);
      for (int block = from; block < to; block += BLOCK) {
        check(size);
        scatter(entries, block, Math.min(to, block + BLOCK), shift, mask);
      }
      System.arraycopy(other, 0, entries, from, size);
    }
  }

  private void check(int size) {
    if (size > BLOCK) {
      workers.check();
    }
  }

  private void scatter(long[] entries, int from, int to, int shift, int mask) {
    for (int i = from; i < to; i++) {
      long entry = entries[i];
      other[counts[(int) (entry >>> shift) & mask]++] = entry;
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
