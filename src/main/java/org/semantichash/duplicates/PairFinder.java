// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.semantichash.search.columns.CodeScan;

/** What one thread needs to find pairs, and what it found. */
final class PairFinder {

  private static final int SMALL_BUCKET = 8;

  private final CodeTable codes;
  private final int maxDistance;
  private final int largeBucket;
  private final Reservation memory;
  private final EntrySort sort;
  private final TileScan scan;
  private final CodePairs.Pages found;
  private final List<int[]> large = new ArrayList<>();

  /**
   * For these codes.
   *
   * @param largeBucket codes from which on a bucket is left to all threads together
   */
  PairFinder(
      CodeTable codes,
      int maxDistance,
      int largeBucket,
      CandidatePairs.PairLimit limit,
      Workers workers,
      Reservation memory) {
    this.codes = codes;
    this.maxDistance = maxDistance;
    this.largeBucket = largeBucket;
    this.memory = memory;
    this.sort = new EntrySort(workers, memory);
    this.found = new CodePairs.Pages(maxDistance, limit, memory);
    this.scan = new TileScan(codes, maxDistance, found, workers);
  }

  /** Compares a block of codes with one another and with those before. */
  void scan(CodeTable.Subset some, int from, int to, Filter filter) {
    scan.pairs(some::code, 0, from, to, filter);
  }

  /** Finds the pairs with equal hashes in a partition, but for large buckets. */
  void find(HashOrder order, int partition, Filter filter) {
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

  private void compare(long[] entries, int from, int to, Filter filter) {
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
  CodePairs.Pages finish() {
    sort.close();
    memory.release(TileScan.bytes(codes));
    return found;
  }

  /** Compares codes, all with all, a block at a time that stays in the cache. Of one thread. */
  static final class TileScan {

    /** The codes of a block. */
    static final int BLOCK = 2048;

    private static final CodeScan SCAN = CodeScan.fastest();

    private final CodeTable codes;
    private final int maxDistance;
    private final CodePairs.Pages found;
    private final Workers workers;
    private final long[][] columns; // [words of a code][codes of a block]
    private final int[] ids = new int[BLOCK];
    private final int[] ordinals = new int[BLOCK];
    private final int[] distances = new int[BLOCK];
    private final long[] query;
    private long steps;

    TileScan(CodeTable codes, int maxDistance, CodePairs.Pages found, Workers workers) {
      this.codes = codes;
      this.maxDistance = maxDistance;
      this.found = found;
      this.workers = workers;
      this.columns = new long[codes.wordCount()][BLOCK];
      this.query = new long[codes.wordCount()];
    }

    /** The bytes that one needs. */
    static long bytes(CodeTable codes) {
      return (long) BLOCK * (Long.BYTES * codes.wordCount() + 3 * Integer.BYTES);
    }

    /**
     * Finds the pairs of the codes in a range.
     *
     * @param code the code at a place
     */
    void pairs(IntUnaryOperator code, int from, int to, Filter filter) {
      for (int block = from; block < to; block += BLOCK) {
        pairs(code, from, block, Math.min(to, block + BLOCK), filter);
      }
    }

    /**
     * Finds the pairs of the codes in a block, at most {@link #BLOCK} of them, with one another and
     * with those before.
     *
     * @param start the first code before
     */
    void pairs(IntUnaryOperator code, int start, int from, int to, Filter filter) {
      assert start <= from && from <= to && to - from <= BLOCK : start + ", " + from + "-" + to;
      for (int place = from; place < to; place++) {
        int id = code.applyAsInt(place);
        ids[place - from] = id;
        for (int word = 0; word < query.length; word++) {
          columns[word][place - from] = codes.word(id, word);
        }
      }
      for (int place = start; place < to - 1; place++) {
        int first = Math.max(0, place + 1 - from);
        query(code.applyAsInt(place), first, to - from, filter);
      }
    }

    private void query(int id, int from, int to, Filter filter) {
      for (int word = 0; word < query.length; word++) {
        query[word] = codes.word(id, word);
      }
      int count = SCAN.scan(columns, query, from, to, maxDistance, ordinals, distances);
      for (int i = 0; i < count; i++) {
        int other = ids[ordinals[i]];
        if (filter.accepts(id, other)) {
          found.add(id, other, distances[i]);
        }
      }
      step((long) (to - from) * query.length);
    }

    private void step(long done) {
      steps += done;
      if (steps >= Workers.STEPS) {
        steps = 0;
        workers.check();
      }
    }
  }

  /** Whether a pair is to be reported where it was found, and not elsewhere. */
  interface Filter {

    /** Every pair. */
    Filter ALL = (one, other) -> true;

    /** Whether this pair is. */
    boolean accepts(int one, int other);
  }
}
