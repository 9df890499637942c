// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.io.Closeable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.BytesRefBuilder;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.Stemmer;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.analysis.TokenizerKind;

/**
 * A text as its words are compared: the set of its shingles, which are runs of some words (Broder,
 * "On the resemblance and containment of documents", 1997), each hashed to 64 bits. Two shingles
 * that differ have the same hash once in 2^64: in a pair of texts with ten thousand shingles each,
 * one of them does with a probability of about 10^-11.
 *
 * @param high the first half of the digest of all words in their order
 * @param low the second half
 * @param words how many words the text has, 1 or more
 * @param hashes of the different shingles, ascending
 * @param counts how often the text has each of them, [hashes]; empty where nobody counts
 */
@SuppressWarnings("ArrayRecordComponent") // many shingles: shared, compared by their digest
public record ShingledText(long high, long low, int words, long[] hashes, int[] counts) {

  /** The most words of a shingle. */
  public static final int MAX_SHINGLE = 10;

  private static final int RECORD_BYTES = 88; // with the headers of its arrays

  /** The bytes that it takes in memory. */
  public long bytes() {
    return RECORD_BYTES + (long) Long.BYTES * hashes.length + (long) Integer.BYTES * counts.length;
  }

  /** Whether both have the same words in the same order. */
  public boolean hasWordsOf(ShingledText other) {
    return high == other.high && low == other.low && words == other.words;
  }

  /**
   * Makes shingles: words as Unicode Standard Annex 29 cuts them, in lower case, so that neither
   * case nor punctuation nor white space counts. A text with fewer words than a shingle is one
   * shingle. Safe for use by many threads.
   */
  public static final class Shingler implements Closeable {

    private static final AnalyzerSpec WORDS =
        new AnalyzerSpec(TokenizerKind.STANDARD, true, List.of(), Stemmer.NONE, 1);

    private final TextAnalyzer analyzer = new TextAnalyzer(WORDS);
    private final int shingle;
    private final boolean counted;

    /**
     * Makes shingles of one length.
     *
     * @param shingle words of a shingle, 1 to {@value #MAX_SHINGLE}
     * @param counted whether to count how often a text has each
     */
    public Shingler(int shingle, boolean counted) {
      if (shingle < 1 || shingle > MAX_SHINGLE) {
        throw new IllegalArgumentException(
            "[shingle] must be between [1] and [" + MAX_SHINGLE + "] words, got [" + shingle + "]");
      }
      this.shingle = shingle;
      this.counted = counted;
    }

    /**
     * The shingles of a text, whose parts follow one another.
     *
     * @return null when there is no word in it
     */
    public ShingledText of(Iterable<String> parts) {
      WordHashes words = new WordHashes();
      for (String part : parts) {
        analyzer.forEachTerm(part, words::add);
      }
      if (words.size == 0) {
        return null;
      }
      long[] digest = words.hash(0, words.size);
      long[] hashes = new long[Math.max(1, words.size - shingle + 1)];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = words.hash(i, Math.min(words.size, i + shingle))[0];
      }
      Arrays.sort(hashes);
      int[] counts = counted ? new int[hashes.length] : new int[0];
      int different = distinct(hashes, counts);
      return new ShingledText(
          digest[0],
          digest[1],
          words.size,
          Arrays.copyOf(hashes, different),
          counted ? Arrays.copyOf(counts, different) : counts);
    }

    /** Moves the different ones of ascending numbers to the front, and says how many. */
    private static int distinct(long[] hashes, int[] counts) {
      int different = 0;
      for (int i = 0; i < hashes.length; i++) {
        if (i == 0 || hashes[i] != hashes[i - 1]) {
          hashes[different++] = hashes[i];
        }
        if (counts.length > 0) {
          counts[different - 1]++;
        }
      }
      return different;
    }

    @Override
    public void close() {
      analyzer.close();
    }
  }

  /** The hashes of the words of a text, in their order, as bytes that are hashed again. */
  private static final class WordHashes {

    private static final VarHandle LONGS =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int SEED = 104729;

    private final BytesRefBuilder utf8 = new BytesRefBuilder();
    private byte[] bytes = new byte[1 << 10];
    private int size;

    void add(CharSequence word) {
      utf8.copyChars(word);
      if ((size + 1L) * Long.BYTES > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, bytes.length));
      }
      long hash = MurmurHash3.hash(utf8.bytes(), 0, utf8.length(), SEED)[0];
      LONGS.set(bytes, size * Long.BYTES, hash);
      size++;
    }

    /** The hash of the words of a range, of 128 bits. */
    long[] hash(int from, int to) {
      return MurmurHash3.hash(bytes, from * Long.BYTES, (to - from) * Long.BYTES, SEED);
    }
  }
}
