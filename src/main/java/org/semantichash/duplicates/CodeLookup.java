// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.lucene.util.FixedBitSet;
import org.semantichash.search.columns.CodeScan;

/**
 * Marks the codes of a table that are near to one of some few codes. Either it compares each with
 * each, or it walks through the table once for each key of a {@link ChunkPlan}, with a hash table
 * of the few codes that stays in the cache: what sorting the whole table for each key would cost,
 * and nearly all of its candidates, is saved.
 */
final class CodeLookup {

  private static final int BLOCK = PairFinder.TileScan.BLOCK; // a multiple of the bits of a word
  private static final int BLOCKS = 32; // of a task
  private static final int SAMPLED = 1 << 12;
  private static final int MAX_BUCKET_BITS = 22;
  private static final int FILTER_BITS = 4; // the filter has 16 bits for each bucket

  private final CodeTable codes;
  private final CodeTable few;
  private final int maxDistance;
  private final Workers workers;
  private final Reservation memory;

  /**
   * A lookup.
   *
   * @param codes of which the near ones are marked
   * @param few to which they are near
   * @param memory what it takes is the caller's to give back
   */
  CodeLookup(CodeTable codes, CodeTable few, int maxDistance, Workers workers, Reservation memory) {
    this.codes = codes;
    this.few = few;
    this.maxDistance = maxDistance;
    this.workers = workers;
    this.memory = memory;
  }

  /**
   * Marks in the cheapest way.
   *
   * @param known codes that are left out, [codes]
   * @param near gets the marks, [codes]
   */
  void mark(FixedBitSet known, FixedBitSet near) {
    if (codes.size() == 0 || few.size() == 0) {
      return;
    }
    ChunkPlan.Choice choice =
        new ChunkPlan.Choice(codes, CodeTable.Subset.all(codes), Integer.MAX_VALUE, SAMPLED);
    mark(
        choice.cheapestLookup(PairJoin.bits(codes), maxDistance, few.size(), workers), known, near);
  }

  /** Marks by this plan; null for comparing each with each. */
  void mark(ChunkPlan plan, FixedBitSet known, FixedBitSet near) {
    if (plan == null) {
      scan(known, near);
      return;
    }
    FewCodes table = new FewCodes();
    for (int key = 0; key < plan.keys(); key++) {
      table.fill(plan.mask(key));
      forEachRange((from, to) -> table.mark(from, to, known, near));
    }
  }

  private interface Range {
    void run(int from, int to);
  }

  /** Ranges share no word of the marks, so threads do not meet. */
  private void forEachRange(Range range) {
    int size = BLOCK * BLOCKS;
    workers.run(
        Math.ceilDiv(codes.size(), size),
        (worker, task) -> {
          workers.check();
          range.run(task * size, (int) Math.min(codes.size(), (task + 1L) * size));
        });
  }

  private void scan(FixedBitSet known, FixedBitSet near) {
    memory.reserve(workers.threads() * PairFinder.TileScan.bytes(codes), "blocks of codes");
    workers.run(
        Math.ceilDiv(codes.size(), BLOCK),
        (worker, block) ->
            scan(block * BLOCK, Math.min(codes.size(), (block + 1) * BLOCK), known, near));
  }

  private void scan(int from, int to, FixedBitSet known, FixedBitSet near) {
    CodeScan scan = CodeScan.fastest();
    int wordCount = codes.wordCount();
    long[][] columns = new long[wordCount][to - from];
    for (int code = from; code < to; code++) {
      for (int word = 0; word < wordCount; word++) {
        columns[word][code - from] = codes.word(code, word);
      }
    }
    long[] query = new long[wordCount];
    int[] ordinals = new int[to - from];
    int[] distances = new int[to - from];
    for (int one = 0; one < few.size(); one++) {
      if (one % BLOCKS == 0) {
        workers.check();
      }
      for (int word = 0; word < wordCount; word++) {
        query[word] = few.word(one, word);
      }
      int count = scan.scan(columns, query, 0, to - from, maxDistance, ordinals, distances);
      for (int i = 0; i < count; i++) {
        int code = from + ordinals[i];
        if (known.get(code) == false) {
          near.set(code);
        }
      }
    }
  }

  /** The few codes by a hash of the bits of a key, behind a filter that lets nearly no other by. */
  private final class FewCodes {

    private final long[] factors;
    private final int shift;
    private final int[] heads; // [buckets] the first code, or -1
    private final int[] next; // [few codes]
    private final int[] hashes; // [few codes]
    private final long[] filter; // [bits / 64]
    private long[] mask;

    FewCodes() {
      int wanted = Integer.SIZE - Integer.numberOfLeadingZeros(few.size()) + 1;
      int bucketBits = Math.min(MAX_BUCKET_BITS, Math.max(2, wanted));
      memory.reserve(
          ((long) Integer.BYTES << bucketBits)
              + ((long) Byte.BYTES << (bucketBits + FILTER_BITS - 3))
              + 2L * Integer.BYTES * few.size(),
          "[" + few.size() + "] new codes");
      shift = Integer.SIZE - bucketBits;
      heads = new int[1 << bucketBits];
      next = new int[few.size()];
      hashes = new int[few.size()];
      filter = new long[Math.max(1, 1 << (bucketBits + FILTER_BITS - 6))];
      SplittableRandom random = new SplittableRandom(codes.bits());
      factors = random.longs(codes.wordCount()).map(factor -> factor | 1).toArray();
    }

    /** Multiply-shift (Dietzfelbinger et al., 1997): the upper bits are the good ones. */
    private int hash(CodeTable table, int code) {
      long sum = 0;
      for (int word = 0; word < mask.length; word++) {
        sum += (table.word(code, word) & mask[word]) * factors[word];
      }
      return (int) (sum >>> Integer.SIZE);
    }

    void fill(long[] bits) {
      mask = bits;
      Arrays.fill(heads, -1);
      Arrays.fill(filter, 0);
      for (int one = 0; one < few.size(); one++) {
        int hash = hash(few, one);
        hashes[one] = hash;
        next[one] = heads[hash >>> shift];
        heads[hash >>> shift] = one;
        int bit = hash >>> (shift - FILTER_BITS);
        filter[bit >>> 6] |= 1L << bit;
      }
    }

    void mark(int from, int to, FixedBitSet known, FixedBitSet near) {
      int filterShift = shift - FILTER_BITS;
      if (mask.length == 1) {
        long only = mask[0];
        long factor = factors[0];
        for (int code = from; code < to; code++) {
          int hash = (int) (((codes.word(code, 0) & only) * factor) >>> Integer.SIZE);
          int bit = hash >>> filterShift;
          if ((filter[bit >>> 6] >>> bit & 1) != 0) {
            compare(code, hash, known, near);
          }
        }
        return;
      }
      for (int code = from; code < to; code++) {
        int hash = hash(codes, code);
        int bit = hash >>> filterShift;
        if ((filter[bit >>> 6] >>> bit & 1) != 0) {
          compare(code, hash, known, near);
        }
      }
    }

    private void compare(int code, int hash, FixedBitSet known, FixedBitSet near) {
      int one = heads[hash >>> shift];
      if (one < 0 || known.get(code) || near.get(code)) {
        return;
      }
      for (; one >= 0; one = next[one]) {
        if (hashes[one] == hash && codes.distance(code, few, one) <= maxDistance) {
          near.set(code);
          return;
        }
      }
    }
  }
}
