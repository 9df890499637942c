// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodeBatch;
import org.semantichash.plugin.field.HashCodeFieldType;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.WordColumns;

/** Reads codes of a shard into a batch. */
public final class CodeBatchReader {

  /** Documents that are looked at for each code that is wanted, so that no request takes long. */
  private static final int DOCUMENTS_PER_CODE = 16;

  private final HashCodeFieldType field;
  private final ColumnSource columns;
  private final FixedBitSet matching;
  private final FixedBitSet isNew;
  private final int limit;
  private final long[] emptyCode;
  private final int wordCount;
  private final long[] words;
  private final int[] documents;
  private int size;
  private int counted;
  private int withoutTerms;
  private int[] newCodes = new int[0];
  private int newCount;

  /**
   * Reads one batch.
   *
   * @param matching the documents that count; null for all
   * @param isNew which documents are new; null when nobody asks
   * @param limit how many codes, at most
   * @param emptyCode whose documents are only counted; null for none
   */
  CodeBatchReader(
      HashCodeFieldType field,
      ColumnSource columns,
      FixedBitSet matching,
      FixedBitSet isNew,
      int limit,
      byte[] emptyCode) {
    this.field = field;
    this.columns = columns;
    this.matching = matching;
    this.isNew = isNew;
    this.limit = limit;
    this.wordCount = WordColumns.wordCount(field.bits());
    this.words = new long[limit * wordCount];
    this.documents = new int[limit];
    this.emptyCode = emptyCode == null ? null : new long[wordCount];
    if (emptyCode != null) {
      CodeTable.pack(this.emptyCode, 0, emptyCode, 0, emptyCode.length);
    }
  }

  /** The bytes that a batch of so many codes takes. */
  static long bytes(int bits, int limit) {
    return (long) limit * (WordColumns.wordCount(bits) * Long.BYTES + 2 * Integer.BYTES);
  }

  /** Reads from a document of the reader on, which also decides which documents are deleted. */
  CodeBatch read(IndexReader reader, int from) throws IOException {
    long end = Math.min(reader.maxDoc(), from + (long) limit * DOCUMENTS_PER_CODE);
    assert matching == null || matching.length() == reader.maxDoc() : "of another reader";
    List<LeafReaderContext> segments = reader.leaves();
    int next = from;
    while (next < end && size < limit) {
      LeafReaderContext segment = segments.get(ReaderUtil.subIndex(next, segments));
      next = read(segment, next, (int) Math.min(end, segment.docBase + segment.reader().maxDoc()));
    }
    return new CodeBatch(
        Arrays.copyOf(words, size * wordCount),
        Arrays.copyOf(documents, size),
        counted,
        next < reader.maxDoc() ? next : CodeBatch.END,
        withoutTerms,
        Arrays.copyOf(newCodes, newCount));
  }

  private int read(LeafReaderContext segment, int from, int to) throws IOException {
    Bits live = segment.reader().getLiveDocs();
    CodeCursor codes = CodeCursor.of(segment.reader(), field.codes(), field.bits(), columns);
    int next = from;
    for (; next < to && size < limit; next++) {
      int document = next - segment.docBase;
      boolean deleted = live != null && live.get(document) == false;
      if (deleted || (matching != null && matching.get(next) == false)) {
        continue;
      }
      counted++;
      if (codes.next(document, words, size * wordCount)) {
        add(next);
      }
    }
    return next;
  }

  /** The document whose code was read last. */
  private void add(int document) {
    int at = size * wordCount;
    if (emptyCode != null && Arrays.equals(words, at, at + wordCount, emptyCode, 0, wordCount)) {
      withoutTerms++;
    } else {
      if (isNew != null && isNew.get(document)) {
        newCodes = ArrayUtil.grow(newCodes, newCount + 1);
        newCodes[newCount++] = size;
      }
      documents[size++] = document;
    }
  }

  /** Goes through the codes of a segment, document by document. */
  interface CodeCursor {

    /** No document has a code. */
    CodeCursor NONE = (document, words, at) -> false;

    /**
     * Writes the code of a document.
     *
     * @param document of the segment, higher than the one before
     * @param words where to
     * @param at the place of the code's first word
     * @return whether the document has a code
     */
    boolean next(int document, long[] words, int at) throws IOException;

    /**
     * The codes of a segment: from memory when they are there already, else from the doc values.
     * They are not brought into memory, as each is read once.
     */
    static CodeCursor of(LeafReader segment, CodeField field, int bits, ColumnSource source)
        throws IOException {
      WordColumns columns = source.columnsIfBuilt(segment, field, bits);
      if (columns != null) {
        return of(columns);
      }
      BinaryDocValues values = field.docValues(segment);
      return values == null ? NONE : of(values, field, bits);
    }

    private static CodeCursor of(WordColumns columns) {
      return new CodeCursor() {
        private int ordinal;

        @Override
        public boolean next(int document, long[] words, int at) {
          ordinal = columns.ordinalFrom(document, ordinal);
          if (ordinal == columns.size() || columns.document(ordinal) != document) {
            return false;
          }
          long[][] all = columns.words();
          for (int word = 0; word < all.length; word++) {
            words[at + word] = all[word][ordinal];
          }
          return true;
        }
      };
    }

    private static CodeCursor of(BinaryDocValues values, CodeField field, int bits) {
      int bytes = BinaryCode.byteLength(bits);
      int wordCount = WordColumns.wordCount(bits);
      return (document, words, at) -> {
        BytesRef code =
            values.advanceExact(document) ? field.form().code(values.binaryValue(), bytes) : null;
        if (code == null) {
          return false;
        }
        for (int word = 0; word < wordCount; word++) {
          words[at + word] = word(code, word * Long.BYTES);
        }
        return true;
      };
    }

    private static long word(BytesRef code, int from) {
      long word = 0;
      for (int i = from; i < Math.min(code.length, from + Long.BYTES); i++) {
        word |= (code.bytes[code.offset + i] & 0xffL) << (Long.SIZE - Byte.SIZE * (1 + i - from));
      }
      return word;
    }
  }
}
