// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.elasticsearch.index.mapper.LuceneDocument;
import org.elasticsearch.index.mapper.SourceLoader;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.hash.StampedCode;
import org.semantichash.index.CodeDocValues;
import org.semantichash.plugin.server.SourceValues;

/**
 * Puts the codes of a field back into {@code _source}, from doc values: where it is synthetic, and
 * where it leaves codes out as it leaves out vectors. A stamped code comes back as the text of a
 * {@link StampedCode}, every other in the form of the field.
 *
 * <p>Beside a code a document keeps its origin: whether it was stamped (with the digest that the
 * field is bound to, which is not kept again), the digest of its text, and whether it is the copy
 * of another field, which is not in {@code _source}.
 *
 * <p>As with vectors, a code inside an array of objects that are not nested comes back in the first
 * of them.
 *
 * @param field the full name of the field
 * @param leafName its name in its object
 * @param syntax how its codes are written
 * @param digest the digest that it is bound to, or null
 */
record CodeSource(String field, String leafName, CodeSyntax syntax, String digest)
    implements SourceValues {

  // No part of a field's path can be empty, and where names are no paths the mapper refuses these:
  // a user who may not see the field would see them.
  private static final String ORIGIN = "..origin";
  private static final String TEXT = "..text";

  private static final long STAMPED = 1;
  private static final long COPIED = 2;

  /** The names of the Lucene fields that a field has beside its own. */
  static List<String> hiddenNames(String field) {
    return List.of(field + ORIGIN, field + TEXT);
  }

  /**
   * Keeps the origin of a code.
   *
   * @param copied whether the code comes from another field
   */
  static void addOrigin(LuceneDocument document, String field, StampedCode code, boolean copied) {
    long origin = (code.modelDigest() == null ? 0 : STAMPED) | (copied ? COPIED : 0);
    if (origin != 0) {
      document.add(new NumericDocValuesField(field + ORIGIN, origin));
    }
    if (code.textDigest() != null) {
      long text = Long.parseUnsignedLong(code.textDigest(), 16);
      document.add(new NumericDocValuesField(field + TEXT, text));
    }
  }

  @Override
  public SegmentValues of(LeafReader segment) throws IOException {
    return new SegmentValues(segment);
  }

  /** What writes the field into a synthetic {@code _source}. */
  SourceLoader.SyntheticFieldLoader synthetic() {
    return new SourceLoader.DocValuesBasedSyntheticFieldLoader() {
      private SegmentValues codes;
      private boolean present;

      @Override
      public DocValuesLoader docValuesLoader(LeafReader reader, int[] docs) throws IOException {
        present = false;
        codes = new SegmentValues(reader);
        return codes.isEmpty() ? null : doc -> present = codes.advance(doc);
      }

      @Override
      public boolean hasValue() {
        return present;
      }

      @Override
      public void write(XContentBuilder builder) throws IOException {
        if (present) {
          builder.field(leafName, codes.value());
        }
      }

      @Override
      public String fieldName() {
        return field;
      }
    };
  }

  /** The codes of one segment. Documents are asked for in ascending order. */
  final class SegmentValues implements SourceValues.OfSegment {

    private final BinaryDocValues codes;
    private final NumericDocValues origins;
    private final NumericDocValues texts;
    private long origin;
    private boolean hasText;

    SegmentValues(LeafReader reader) throws IOException {
      codes = DocValues.getBinary(reader, field);
      origins = DocValues.getNumeric(reader, field + ORIGIN);
      texts = DocValues.getNumeric(reader, field + TEXT);
    }

    /** Whether no document of the segment has a code. */
    boolean isEmpty() {
      return codes.cost() == 0;
    }

    @Override
    public boolean advance(int doc) throws IOException {
      assert doc > codes.docID() || codes.docID() == doc : "documents must ascend";
      if (codes.advanceExact(doc) == false) {
        return false;
      }
      origin = origins.advanceExact(doc) ? origins.longValue() : 0;
      hasText = texts.advanceExact(doc);
      return (origin & COPIED) == 0;
    }

    @Override
    public Object value() throws IOException {
      var code = CodeDocValues.decode(codes.binaryValue(), syntax.bits());
      if ((origin & STAMPED) == 0 || digest == null) {
        return syntax.shown().value(code);
      }
      String text = hasText ? HexFormat.of().toHexDigits(texts.longValue()) : null;
      return new StampedCode(code, digest, text).toString();
    }
  }
}
