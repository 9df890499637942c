// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Random;
import org.semantichash.search.columns.WordColumns;

/** How the codes of a table for tests are made. */
enum TableKind {
  /** Every bit a fair coin. */
  UNIFORM,
  /** Some centres with a few flipped bits, some codes equal. */
  CLUSTERED,
  /** Four codes for all. */
  FEW_CODES,
  /** One code for all. */
  EQUAL,
  /** Each code a bit away from the one before. */
  CHAIN,
  /** The first half of the bits is the same in all. */
  HALF_CONSTANT;

  /** A table in which the documents have no order. */
  CodeTable table(Random random, int bits, int size) {
    long[][] centres = new long[1 + size / 10][];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = uniform(random, bits);
    }
    int wordCount = WordColumns.wordCount(bits);
    long[] words = new long[size * wordCount];
    long[] last = centres[0];
    for (int code = 0; code < size; code++) {
      last = next(random, bits, centres, last);
      System.arraycopy(last, 0, words, code * wordCount, wordCount);
    }
    shuffle(random, words, wordCount);
    return new CodeTable(bits, size, words);
  }

  private long[] next(Random random, int bits, long[][] centres, long[] last) {
    long[] centre = centres[random.nextInt(centres.length)];
    return switch (this) {
      case UNIFORM -> uniform(random, bits);
      case CLUSTERED -> flipped(random, bits, centre, 0, random.nextInt(4));
      case FEW_CODES -> flipped(random, bits, centres[0], bits - 2, 2);
      case EQUAL -> centres[0];
      case CHAIN -> flipped(random, bits, last, 0, 1);
      case HALF_CONSTANT -> flipped(random, bits, centres[0], bits / 2, 1 + random.nextInt(9));
    };
  }

  private static long[] uniform(Random random, int bits) {
    long[] code = new long[WordColumns.wordCount(bits)];
    for (int word = 0; word < code.length; word++) {
      code[word] = random.nextLong();
    }
    code[code.length - 1] &= -1L << (code.length * Long.SIZE - bits);
    return code;
  }

  /** Flips random bits from a position on, some of them perhaps back. */
  private static long[] flipped(Random random, int bits, long[] code, int from, int flips) {
    long[] copy = code.clone();
    for (int i = 0; i < flips; i++) {
      int bit = from + random.nextInt(bits - from);
      copy[bit / Long.SIZE] ^= Long.MIN_VALUE >>> (bit % Long.SIZE);
    }
    return copy;
  }

  private static void shuffle(Random random, long[] words, int wordCount) {
    for (int code = words.length / wordCount - 1; code > 0; code--) {
      int other = random.nextInt(code + 1);
      for (int word = 0; word < wordCount; word++) {
        long swapped = words[code * wordCount + word];
        words[code * wordCount + word] = words[other * wordCount + word];
        words[other * wordCount + word] = swapped;
      }
    }
  }
}
