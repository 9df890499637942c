// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.oracle;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.semantichash.hash.BinaryCode;

/** Synthetic codes of a set of documents, in memory, by ordinal; the same for the same seed. */
public final class CodeSet {

  /** How the codes are made. */
  public enum Kind {

    /** One centre per 100 codes, uniform; a code is a centre with each bit flipped with p = .05. */
    CLUSTERED,

    /** Every bit a fair coin: no code is near another but by chance. */
    UNIFORM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final long QUERIES = 1;

  private final Kind kind;
  private final int bits;
  private final long seed;
  private final long[][] words; // [words of a code][codes]

  private CodeSet(Kind kind, int bits, int size, long seed) {
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
  public static CodeSet make(Kind kind, int bits, int size, long seed) {
    if (bits <= 0 || bits % Long.SIZE != 0) {
      throw new IllegalArgumentException("[bits] must be a multiple of [64], got [" + bits + "]");
    }
    CodeSet codes = new CodeSet(kind, bits, size, seed);
    Generator generator = codes.generator(0);
    long[] code = new long[codes.words.length];
    for (int ordinal = 0; ordinal < size; ordinal++) {
      generator.next(code);
      for (int word = 0; word < code.length; word++) {
        codes.words[word][ordinal] = code[word];
      }
    }
    return codes;
  }

  private Generator generator(long stream) {
    return new Generator(kind, words.length, size(), seed, stream);
  }

  /** Fresh codes of the same process, [count][words]. */
  public long[][] queries(int count) {
    long[][] queries = new long[count][words.length];
    Generator generator = generator(QUERIES);
    for (long[] query : queries) {
      generator.next(query);
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
  public Kind kind() {
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

  /** Makes codes one by one. */
  private static final class Generator {

    private static final int CODES_PER_CENTRE = 100;
    private static final int FLIP = 3277; // of 65536: .05
    private static final int FLIP_BITS = 16;

    private final long[][] centres; // [centres][words], none for uniform codes
    private final SplittableRandom random;

    Generator(Kind kind, int words, int codes, long seed, long stream) {
      SplittableRandom centreRandom = new SplittableRandom(seed);
      int count = kind == Kind.UNIFORM ? 0 : Math.max(1, codes / CODES_PER_CENTRE);
      this.centres = new long[count][words];
      for (long[] centre : centres) {
        Arrays.setAll(centre, word -> centreRandom.nextLong());
      }
      this.random = new SplittableRandom(seed * 31 + stream);
    }

    void next(long[] code) {
      long[] centre = centres.length == 0 ? null : centres[random.nextInt(centres.length)];
      for (int word = 0; word < code.length; word++) {
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
}
