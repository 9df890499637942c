// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.WordColumns;

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
   * The codes of a segment: from memory when they are there already, else from the doc values. They
   * are not brought into memory, as each is read once.
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
