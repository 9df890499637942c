// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.util.SplittableRandom;

/** Codes to measure with, the same for the same arguments. */
public final class SyntheticCodes {

  /** How codes lie to each other. */
  public enum Kind {
    /** Every bit a fair coin: the hardest for a scan, nothing is near. */
    UNIFORM,
    /** Around 10,000 centres, one bit in twenty flipped: as learned codes lie. */
    CLUSTERED
  }

  private static final int CENTRES = 10_000;
  private static final int FLIPPED_ONE_IN = 20;

  private final Kind kind;
  private final int words;
  private final SplittableRandom random = new SplittableRandom(42);
  private final long[][] centres;

  /**
   * A source of codes.
   *
   * @param words the width of the codes, in words of 64 bits
   */
  public SyntheticCodes(Kind kind, int words) {
    this.kind = kind;
    this.words = words;
    centres = new long[CENTRES][];
    for (int i = 0; i < CENTRES; i++) {
      centres[i] = uniform();
    }
  }

  /** The next code. */
  public long[] next() {
    if (kind == Kind.UNIFORM) {
      return uniform();
    }
    long[] code = centres[random.nextInt(CENTRES)].clone();
    for (int bit = 0; bit < Long.SIZE * words; bit++) {
      if (random.nextInt(FLIPPED_ONE_IN) == 0) {
        code[bit / Long.SIZE] ^= 1L << bit;
      }
    }
    return code;
  }

  /** The next codes, as columns: [words][count]. */
  public long[][] columns(int count) {
    long[][] columns = new long[words][count];
    for (int i = 0; i < count; i++) {
      long[] code = next();
      for (int word = 0; word < words; word++) {
        columns[word][i] = code[word];
      }
    }
    return columns;
  }

  private long[] uniform() {
    long[] code = new long[words];
    for (int word = 0; word < words; word++) {
      code[word] = random.nextLong();
    }
    return code;
  }

  /** How many codes there are at each distance, counted the plainest way: [0 to bits]. */
  public static int[] countsByDistance(long[][] columns, long[] query) {
    int[] counts = new int[Long.SIZE * query.length + 1];
    for (int i = 0; i < columns[0].length; i++) {
      int distance = 0;
      for (int word = 0; word < query.length; word++) {
        distance += Long.bitCount(columns[word][i] ^ query[word]);
      }
      counts[distance]++;
    }
    return counts;
  }
}
