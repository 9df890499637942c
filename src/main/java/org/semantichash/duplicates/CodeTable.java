// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import org.semantichash.hash.BinaryCode;
import org.semantichash.search.columns.WordColumns;

/**
 * Codes of one width, one after the other. A code is {@link WordColumns#wordCount} words, its first
 * byte in the highest bits of the first word, padded with zero bits at the end.
 */
public final class CodeTable {

  /** The smallest width, in bits. */
  public static final int MIN_BITS = BinaryCode.MIN_BITS;

  /** The largest width, in bits. */
  public static final int MAX_BITS = BinaryCode.MAX_BITS;

  private final int bits;
  private final int wordCount;
  private final int size;
  private final long[] words;

  /**
   * A table that keeps the words, uncopied; they must not change while the table is used.
   *
   * @param bits the width of the codes, {@value #MIN_BITS} to {@value #MAX_BITS}
   * @param size how many codes
   * @param words [at least size x words of a code]
   */
  public CodeTable(int bits, int size, long[] words) {
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "[bits] must be between [" + MIN_BITS + "] and [" + MAX_BITS + "], got [" + bits + "]");
    }
    this.bits = bits;
    this.wordCount = WordColumns.wordCount(bits);
    if (size < 0 || (long) size * wordCount > words.length) {
      throw new IllegalArgumentException(
          "[size] must be between [0] and ["
              + words.length / wordCount
              + "], the codes that the words hold, got ["
              + size
              + "]");
    }
    this.size = size;
    this.words = words;
  }

  /** How many words so many codes need. */
  public static int wordsFor(int bits, int size) {
    return Math.multiplyExact(WordColumns.wordCount(bits), size);
  }

  /**
   * Writes a code into the words of a table.
   *
   * @param code the index of the code
   * @param bytes its bytes, as a BinaryCode has them
   * @param offset of the first byte
   * @param length how many bytes
   */
  public static void pack(long[] words, int code, byte[] bytes, int offset, int length) {
    int wordCount = (length + Long.BYTES - 1) / Long.BYTES;
    for (int word = 0; word < wordCount; word++) {
      long value = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        int at = word * Long.BYTES + i;
        value = value << Byte.SIZE | (at < length ? bytes[offset + at] & 0xff : 0);
      }
      words[code * wordCount + word] = value;
    }
  }

  /** The width of the codes, in bits. */
  public int bits() {
    return bits;
  }

  /** How many words a code has. */
  public int wordCount() {
    return wordCount;
  }

  /** How many codes. */
  public int size() {
    return size;
  }

  /** One word of a code. */
  public long word(int code, int word) {
    return words[code * wordCount + word];
  }

  /** The number of bits in which two codes differ. */
  public int distance(int one, int other) {
    int distance = 0;
    for (int a = one * wordCount, b = other * wordCount, end = a + wordCount; a < end; a++, b++) {
      distance += Long.bitCount(words[a] ^ words[b]);
    }
    return distance;
  }

  /** A table of some of these codes, copied. */
  public CodeTable of(int[] some) {
    long[] copies = new long[wordsFor(bits, some.length)];
    for (int i = 0; i < some.length; i++) {
      System.arraycopy(words, some[i] * wordCount, copies, i * wordCount, wordCount);
    }
    return new CodeTable(bits, some.length, copies);
  }

  /** Whether two codes are the same. */
  boolean same(int one, int other) {
    for (int a = one * wordCount, b = other * wordCount, end = a + wordCount; a < end; a++, b++) {
      if (words[a] != words[b]) {
        return false;
      }
    }
    return true;
  }

  /** Compares two codes as unsigned numbers, their first byte the most significant. */
  int compare(int one, int other) {
    for (int word = 0; word < wordCount; word++) {
      int compared = Long.compareUnsigned(word(one, word), word(other, word));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  /** Whether two codes are the same in some bits. */
  boolean same(int one, int other, long[] mask) {
    for (int word = 0; word < wordCount; word++) {
      if (((word(one, word) ^ word(other, word)) & mask[word]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Some codes of a table, in ascending order. */
  static final class Subset {

    private final int[] codes; // null for all
    private final int size;

    private Subset(int[] codes, int size) {
      this.codes = codes;
      this.size = size;
    }

    /** All codes of a table. */
    static Subset all(CodeTable table) {
      return new Subset(null, table.size());
    }

    /** These codes, ascending. */
    static Subset of(int[] codes) {
      return new Subset(codes, codes.length);
    }

    /** How many. */
    int size() {
      return size;
    }

    /** The code at a place. */
    int code(int place) {
      return codes == null ? place : codes[place];
    }
  }
}
