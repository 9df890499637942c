// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.search.codes;

import java.nio.ByteBuffer;
import org.semantichash.hash.BinaryCode;

/** The codes of all documents, in memory, by ordinal. */
public final class CodeSet {

  private static final long QUERIES = 1;

  private final CodeKind kind;
  private final int bits;
  private final long seed;
  private final long[][] words; // [words of a code][codes]

  private CodeSet(CodeKind kind, int bits, int size, long seed) {
    this.kind = kind;
    this.bits = bits;
    this.seed = seed;
    this.words = new long[bits / Long.SIZE][size];
  }

  /**
   * Makes codes.
   *
   * @param bits a multiple of 64
   * @param size how many
   */
  public static CodeSet make(CodeKind kind, int bits, int size, long seed) {
    if (bits <= 0 || bits % Long.SIZE != 0) {
      throw new IllegalArgumentException("[bits] must be a multiple of [64], got [" + bits + "]");
    }
    CodeSet codes = new CodeSet(kind, bits, size, seed);
    CodeProcess process = codes.process(0);
    long[] code = new long[codes.words.length];
    for (int ordinal = 0; ordinal < size; ordinal++) {
      process.next(code);
      for (int word = 0; word < code.length; word++) {
        codes.words[word][ordinal] = code[word];
      }
    }
    return codes;
  }

  private CodeProcess process(long stream) {
    return new CodeProcess(kind, words.length, size(), seed, stream);
  }

  /** Fresh codes of the same process, [count][words]. */
  public long[][] queries(int count) {
    long[][] queries = new long[count][words.length];
    CodeProcess process = process(QUERIES);
    for (long[] query : queries) {
      process.next(query);
    }
    return queries;
  }

  /** Stored codes, spread over the set, with the first, middle and last bit flipped. */
  public long[][] nearStored(int count) {
    long[][] queries = new long[count][words.length];
    for (int i = 0; i < count; i++) {
      queries[i] = words((int) ((long) i * size() / count));
      queries[i][0] ^= Long.MIN_VALUE;
      queries[i][words.length / 2] ^= 1L << 31;
      queries[i][words.length - 1] ^= 1L;
    }
    return queries;
  }

  /** How the codes were made. */
  public CodeKind kind() {
    return kind;
  }

  /** Their width. */
  public int bits() {
    return bits;
  }

  /** How many. */
  public int size() {
    return words[0].length;
  }

  /** One code, [words]. */
  public long[] words(int ordinal) {
    long[] code = new long[words.length];
    for (int word = 0; word < code.length; word++) {
      code[word] = words[word][ordinal];
    }
    return code;
  }

  /** One word of all codes, not to be changed. */
  public long[] column(int word) {
    return words[word];
  }

  /** The bits that differ. */
  public int distance(long[] query, int ordinal) {
    int distance = 0;
    for (int word = 0; word < query.length; word++) {
      distance += Long.bitCount(query[word] ^ words[word][ordinal]);
    }
    return distance;
  }

  /** Words as a code; the first bit of a code is the highest of the first word. */
  public static BinaryCode code(long[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    for (long word : words) {
      bytes.putLong(word);
    }
    return BinaryCode.of(bytes.array(), words.length * Long.SIZE);
  }

  /** What it is, in a line. */
  @Override
  public String toString() {
    return size() + " " + kind + " codes of " + bits + " bits";
  }
}
