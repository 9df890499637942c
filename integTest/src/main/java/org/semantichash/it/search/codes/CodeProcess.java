// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.search.codes;

import java.util.SplittableRandom;

/** Makes codes one by one, always the same for the same seed. */
final class CodeProcess {

  private static final int CODES_PER_CENTRE = 100;
  private static final int FLIP = 3277; // of 65536: .05
  private static final int FLIP_BITS = 16;

  private final long[][] centres; // [centres][words], none for uniform codes
  private final SplittableRandom random;
  private final int words;

  CodeProcess(CodeKind kind, int words, int codes, long seed, long stream) {
    this.words = words;
    SplittableRandom centreRandom = new SplittableRandom(seed);
    int count = kind == CodeKind.UNIFORM ? 0 : Math.max(1, codes / CODES_PER_CENTRE);
    this.centres = new long[count][words];
    for (long[] centre : centres) {
      for (int word = 0; word < words; word++) {
        centre[word] = centreRandom.nextLong();
      }
    }
    this.random = new SplittableRandom(seed * 31 + stream);
  }

  /** Writes the next code. */
  void next(long[] code) {
    long[] centre = centres.length == 0 ? null : centres[random.nextInt(centres.length)];
    for (int word = 0; word < words; word++) {
      code[word] = centre == null ? random.nextLong() : centre[word] ^ flips();
    }
  }

  /** Each bit is set with p: the digits of p, the last first, choose between and and or. */
  private long flips() {
    long mask = 0;
    for (int digit = 0; digit < FLIP_BITS; digit++) {
      long coins = random.nextLong();
      mask = (FLIP >>> digit & 1) == 1 ? mask | coins : mask & coins;
    }
    return mask;
  }
}
