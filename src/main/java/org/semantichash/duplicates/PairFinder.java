// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one thread needs to find pairs, and what it found. */
final class PairFinder {

  private static final int SMALL_BUCKET = 8;

  private final CodeTable codes;
  private final int maxDistance;
  private final int largeBucket;
  private final Reservation memory;
  private final EntrySort sort;
  private final TileScan scan;
  private final PairPages found;
  private final List<int[]> large = new ArrayList<>();

  /**
   * For these codes.
   *
   * @param largeBucket codes from which on a bucket is left to all threads together
   */
  PairFinder(CodeTable codes, int maxDistance, int largeBucket, Work work, Reservation memory) {
    this.codes = codes;
    this.maxDistance = maxDistance;
    this.largeBucket = largeBucket;
    this.memory = memory;
    this.sort = new EntrySort(work, memory);
    this.found = new PairPages(maxDistance, memory);
    this.scan = new TileScan(codes, maxDistance, found, work);
  }

  /** Compares a block of codes with one another and with those before. */
  void scan(Subset some, int from, int to, PairFilter filter) {
    scan.pairs(some::code, 0, from, to, filter);
  }

  /** Finds the pairs with equal hashes in a partition, but for large buckets. */
  void find(HashOrder order, int partition, PairFilter filter) {
    order.sort(partition, sort);
    long[] entries = order.entries();
    for (int from = order.start(partition); from < order.start(partition + 1); ) {
      int to = order.runEnd(from, partition);
      if (to - from > largeBucket) {
        large.add(copy(entries, from, to));
      } else if (to - from > SMALL_BUCKET) {
        scan.pairs(place -> (int) entries[place], from, to, filter);
      } else {
        compare(entries, from, to, filter);
      }
      from = to;
    }
  }

  private int[] copy(long[] entries, int from, int to) {
    memory.reserve((long) Integer.BYTES * (to - from), "[" + (to - from) + "] codes of a bucket");
    int[] bucket = new int[to - from];
    Arrays.setAll(bucket, i -> (int) entries[from + i]);
    return bucket;
  }

  private void compare(long[] entries, int from, int to, PairFilter filter) {
    for (int i = from; i < to - 1; i++) {
      for (int j = i + 1; j < to; j++) {
        int distance = codes.distance((int) entries[i], (int) entries[j]);
        if (distance <= maxDistance && filter.accepts((int) entries[i], (int) entries[j])) {
          found.add((int) entries[i], (int) entries[j], distance);
        }
      }
    }
  }

  /** The large buckets since the last call, whose memory is then the caller's. */
  List<int[]> takeLarge() {
    List<int[]> taken = List.copyOf(large);
    large.clear();
    return taken;
  }

  /** Gives back what only finding needs. */
  PairPages finish() {
    sort.close();
    memory.release(TileScan.bytes(codes));
    return found;
  }
}
