// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.function.IntUnaryOperator;
import org.semantichash.search.columns.CodeScan;

/** Compares codes, all with all, a block at a time that stays in the cache. Of one thread. */
final class TileScan {

  /** The codes of a block. */
  static final int BLOCK = 2048;

  private static final CodeScan SCAN = CodeScan.fastest();

  private final CodeTable codes;
  private final int maxDistance;
  private final PairPages found;
  private final Work work;
  private final long[][] columns; // [words of a code][codes of a block]
  private final int[] ids = new int[BLOCK];
  private final int[] ordinals = new int[BLOCK];
  private final int[] distances = new int[BLOCK];
  private final long[] query;
  private long steps;

  TileScan(CodeTable codes, int maxDistance, PairPages found, Work work) {
    this.codes = codes;
    this.maxDistance = maxDistance;
    this.found = found;
    this.work = work;
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
  void pairs(IntUnaryOperator code, int from, int to, PairFilter filter) {
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
  void pairs(IntUnaryOperator code, int start, int from, int to, PairFilter filter) {
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

  private void query(int id, int from, int to, PairFilter filter) {
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
    if (steps >= Work.STEPS) {
      steps = 0;
      work.check();
    }
  }
}
