// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Accountable;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.RamUsageEstimator;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;

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
  private volatile CodeClusters clusters;

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

  /** The clusters of the codes; null when there are none, or none as yet. */
  public CodeClusters clusters() {
    return clusters;
  }

  /**
   * Finds the clusters of the codes, if they are worth it: {@link #clusters}.
   *
   * @param timeout ends it early, and may throw to do so; asked about every 100,000 codes
   * @return whether there was time for all of it
   */
  public boolean findClusters(QueryTimeout timeout) {
    ClusterBuilder builder = new ClusterBuilder(this, timeout);
    clusters = builder.build();
    return builder.isStopped() == false;
  }

  void setClusters(CodeClusters built) {
    clusters = built;
  }

  @Override
  public long ramBytesUsed() {
    CodeClusters built = clusters;
    long bytes = built == null ? 0 : built.ramBytesUsed();
    bytes += documents == null ? 0 : RamUsageEstimator.sizeOf(documents);
    for (long[] column : words) {
      bytes += RamUsageEstimator.sizeOf(column);
    }
    return bytes;
  }

  /** Reads the doc values of a segment into columns, once. */
  public static final class Builder {

    private static final VarHandle WORD =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** What an array takes beside its elements: its header, and bytes to align it. */
    private static final int ARRAY_BYTES =
        RamUsageEstimator.NUM_BYTES_ARRAY_HEADER + RamUsageEstimator.NUM_BYTES_OBJECT_ALIGNMENT;

    private static final int UNTIMED = 100_000; // codes between two looks at the clock

    private final CodeField field;
    private final int bits;
    private final int bytes;
    private final long[][] words;
    private int[] documents; // as long as it is null, every document so far had a code
    private int size;

    private Builder(CodeField field, int bits, int codes) {
      this.field = field;
      this.bits = bits;
      this.bytes = BinaryCode.byteLength(bits);
      this.words = new long[WordColumns.wordCount(bits)][codes];
    }

    /**
     * An upper bound of the bytes that the columns of a segment take.
     *
     * @param codes how many codes, at most
     * @param dense whether every document has one
     */
    public static long bytes(int bits, int codes, boolean dense) {
      int words = WordColumns.wordCount(bits);
      long arrays = (words + 1L) * ARRAY_BYTES;
      return arrays + (long) codes * (words * Long.BYTES + (dense ? 0 : Integer.BYTES));
    }

    /**
     * How many documents of a segment have a value: counted, since the cost of an iterator is only
     * an estimate.
     */
    static int count(LeafReader segment, CodeField field) throws IOException {
      BinaryDocValues values = field.docValues(segment);
      int count = 0;
      while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        count++;
      }
      return count;
    }

    /**
     * The columns of a segment.
     *
     * @throws IllegalArgumentException when a stored code has another width
     */
    public static WordColumns build(LeafReader segment, CodeField field, int bits)
        throws IOException {
      return build(segment, field, bits, count(segment, field), ColumnSource.NO_TIMEOUT);
    }

    /**
     * The columns of a segment.
     *
     * @param codes how many documents have a value
     * @return null when the time is over before
     * @throws IllegalArgumentException when a stored code has another width
     */
    static WordColumns build(
        LeafReader segment, CodeField field, int bits, int codes, QueryTimeout timeout)
        throws IOException {
      BinaryDocValues values = field.docValues(segment);
      Builder builder = new Builder(field, bits, codes);
      int untimed = 0;
      while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        builder.add(values.docID(), values.binaryValue());
        if (++untimed == UNTIMED) {
          untimed = 0;
          if (timeout.shouldExit()) {
            return null;
          }
        }
      }
      return builder.columns();
    }

    private void add(int document, BytesRef stored) {
      BytesRef code = field.form().code(stored, bytes);
      if (code == null) {
        return;
      }
      int position = code.offset;
      for (int word = 0; word < words.length; word++, position += Long.BYTES) {
        int left = code.offset + code.length - position;
        words[word][size] =
            left >= Long.BYTES ? (long) WORD.get(code.bytes, position) : tail(code, position, left);
      }
      if (documents == null && document != size) {
        documents = new int[words[0].length];
        Arrays.setAll(documents, ordinal -> ordinal);
      }
      if (documents != null) {
        documents[size] = document;
      }
      size++;
    }

    private static long tail(BytesRef code, int position, int left) {
      long word = 0;
      for (int i = 0; i < left; i++) {
        word |= (code.bytes[position + i] & 0xffL) << (Long.SIZE - Byte.SIZE * (1 + i));
      }
      return word;
    }

    private WordColumns columns() {
      // The last documents may lack a code: then ordinals and documents agree, but end early.
      int[] kept = documents == null ? null : Arrays.copyOf(documents, size);
      if (size == words[0].length) {
        return new WordColumns(bits, words, size, kept);
      }
      Arrays.setAll(words, word -> Arrays.copyOf(words[word], size)); // in place: no second copy
      return new WordColumns(bits, words, size, kept);
    }
  }
}
