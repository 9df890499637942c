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
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.RamUsageEstimator;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;

/** Reads the doc values of a segment into columns, once. */
public final class ColumnBuilder {

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

  private ColumnBuilder(CodeField field, int bits, int codes) {
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
   * How many documents of a segment have a value: counted, since the cost of an iterator is only an
   * estimate.
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
    ColumnBuilder builder = new ColumnBuilder(field, bits, codes);
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
