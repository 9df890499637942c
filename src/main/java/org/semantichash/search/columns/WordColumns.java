// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.util.Arrays;
import org.apache.lucene.util.Accountable;
import org.apache.lucene.util.RamUsageEstimator;
import org.semantichash.hash.BinaryCode;

/**
 * The codes of one segment as columns: word w of all codes in one array, in the order of their
 * documents. The position of a code is its ordinal; where every document has a code, the ordinal is
 * the document number.
 *
 * <p>A word holds 64 bits, the first byte of a code in its highest bits; the last word of a width
 * that is no multiple of 64 is padded with zero bits.
 */
public final class WordColumns implements Accountable {

  private final int bits;
  private final long[][] words;
  private final int size;
  private final int[] documents;

  /**
   * Columns that are kept, not copied.
   *
   * @param bits the width of the codes
   * @param words [words of a code][codes]
   * @param size how many codes
   * @param documents [codes] the document of each ordinal, ascending; null when they are the same
   */
  public WordColumns(int bits, long[][] words, int size, int[] documents) {
    if (words.length != wordCount(bits)) {
      throw new IllegalArgumentException(
          "codes of ["
              + bits
              + "] bits must have ["
              + wordCount(bits)
              + "] columns, got ["
              + words.length
              + "]");
    }
    this.bits = bits;
    this.words = words;
    this.size = size;
    this.documents = documents;
  }

  /** How many words hold a code of this width. */
  public static int wordCount(int bits) {
    return (BinaryCode.byteLength(bits) + Long.BYTES - 1) / Long.BYTES;
  }

  /** The words of one code, as the columns hold them. */
  public static long[] words(BinaryCode code) {
    byte[] bytes = code.toBytes();
    long[] words = new long[wordCount(code.bits())];
    for (int i = 0; i < bytes.length; i++) {
      words[i / Long.BYTES] |= (bytes[i] & 0xffL) << (Long.SIZE - Byte.SIZE * (1 + i % Long.BYTES));
    }
    return words;
  }

  /** The width of the codes, in bits. */
  public int bits() {
    return bits;
  }

  /** How many codes. */
  public int size() {
    return size;
  }

  /** The columns themselves, [words of a code][at least size], not to be changed. */
  public long[][] words() {
    return words;
  }

  /** Whether ordinals and document numbers are the same. */
  public boolean isDense() {
    return documents == null;
  }

  /** The document of a code. */
  public int document(int ordinal) {
    return documents == null ? ordinal : documents[ordinal];
  }

  /**
   * The ordinal of the first code at or after a document; the size when there is none.
   *
   * @param document a document number, 0 or more
   * @param from an ordinal that is known to be at or before it
   */
  public int ordinalFrom(int document, int from) {
    if (documents == null) {
      return Math.min(document, size);
    }
    int found = Arrays.binarySearch(documents, from, size, document);
    return found < 0 ? -1 - found : found;
  }

  /** The distance of a code to a query's words, in bits. */
  public int distance(long[] query, int ordinal) {
    int distance = 0;
    for (int word = 0; word < query.length; word++) {
      distance += Long.bitCount(words[word][ordinal] ^ query[word]);
    }
    return distance;
  }

  @Override
  public long ramBytesUsed() {
    long bytes = documents == null ? 0 : RamUsageEstimator.sizeOf(documents);
    for (long[] column : words) {
      bytes += RamUsageEstimator.sizeOf(column);
    }
    return bytes;
  }
}
