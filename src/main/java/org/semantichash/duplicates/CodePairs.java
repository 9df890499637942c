// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.List;

/** Pairs of codes, each once: by distance, then by the lower code, then by the upper one. */
public final class CodePairs {

  private final long[] pairs;
  private final int[] ends; // [distances] the pairs up to and with a distance

  private CodePairs(long[] pairs, int[] ends) {
    this.pairs = pairs;
    this.ends = ends;
  }

  static CodePairs of(
      List<PairPages> found, int maxDistance, Workers workers, Work work, Reservation memory) {
    int[] ends = new int[maxDistance + 1];
    long sum = 0;
    for (int distance = 0; distance <= maxDistance; distance++) {
      for (PairPages pages : found) {
        sum += pages.size(distance);
      }
      if (sum > Integer.MAX_VALUE - Long.BYTES) {
        throw PairPages.tooMany(maxDistance);
      }
      ends[distance] = (int) sum;
    }
    if (memory.tryReserve(sum * Long.BYTES) == false) {
      throw PairPages.tooMany(maxDistance);
    }
    long[] pairs = new long[(int) sum];
    workers.run(
        maxDistance + 1,
        (worker, distance) -> {
          int start = distance == 0 ? 0 : ends[distance - 1];
          int end = start;
          for (PairPages pages : found) {
            end = pages.drain(distance, pairs, end);
          }
          sort(pairs, start, end, maxDistance, work, memory);
          work.advance(1.0 / (maxDistance + 1));
        });
    return new CodePairs(pairs, ends);
  }

  /** By the upper code, then stably by the lower one. */
  private static void sort(
      long[] pairs, int from, int to, int maxDistance, Work work, Reservation memory) {
    try (EntrySort sort = new EntrySort(work, memory)) {
      sort.sort(pairs, from, to, 0, Integer.SIZE);
      sort.sort(pairs, from, to, Integer.SIZE, Long.SIZE);
    } catch (MemoryRefusedException e) {
      throw PairPages.tooMany(maxDistance);
    }
  }

  /** How many. */
  public int size() {
    return pairs.length;
  }

  /** The lower code of a pair. */
  public int lower(int pair) {
    return (int) (pairs[pair] >>> Integer.SIZE);
  }

  /** The upper code of a pair. */
  public int upper(int pair) {
    return (int) pairs[pair];
  }

  /** The pairs up to and with a distance: the place of the first that is farther. */
  public int end(int distance) {
    return ends[distance];
  }

  /** The largest distance of a pair that was looked for. */
  public int maxDistance() {
    return ends.length - 1;
  }
}
