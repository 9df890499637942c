// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.index;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.util.BytesRef;

/**
 * A field that holds codes, and how it holds them.
 *
 * @param name its name
 * @param form how a doc value holds a code
 * @param chunks whether every document with a code also has its {@link ChunkTerms}
 */
public record CodeField(String name, StoredForm form, boolean chunks) {

  /** Checks that nothing is missing. */
  public CodeField {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(form, "form");
  }

  /** A field without chunk terms. */
  public CodeField(String name, StoredForm form) {
    this(name, form, false);
  }

  /** A field whose doc values are the bytes of codes and nothing else, without chunk terms. */
  public static CodeField plain(String name) {
    return new CodeField(name, StoredForm.PLAIN);
  }

  /** The same field with chunk terms. */
  public CodeField withChunks() {
    return new CodeField(name, form, true);
  }

  /** The doc values of a segment; null when no document of it has a code. */
  public BinaryDocValues docValues(LeafReader segment) throws IOException {
    FieldInfo info = segment.getFieldInfos().fieldInfo(name);
    return info == null || info.getDocValuesType() != DocValuesType.BINARY
        ? null
        : segment.getBinaryDocValues(name);
  }

  /** How a doc value holds a code. */
  public enum StoredForm {

    /** The bytes of the code and nothing else, as {@link CodeDocValues#field} stores them. */
    PLAIN {
      @Override
      public BytesRef code(BytesRef stored, int bytes) {
        if (stored.length != bytes) {
          throw otherWidth(stored.length, bytes);
        }
        return stored;
      }

      @Override
      public boolean holdsOnlyCodes() {
        return true;
      }
    },

    /**
     * The number of values, then each value behind its length, as Elasticsearch's own field type
     * {@code binary} stores them; numbers take a byte for 7 bits, the low ones first, and the
     * highest bit of a byte says that more follow. Such a field holds anything, so a document has a
     * code only when it has one value, of as many bytes as a code: all others are passed over.
     */
    COUNTED {
      @Override
      public BytesRef code(BytesRef stored, int bytes) {
        ByteArrayDataInput in = new ByteArrayDataInput(stored.bytes, stored.offset, stored.length);
        if (in.readVInt() != 1 || in.readVInt() != bytes) {
          return null;
        }
        return new BytesRef(stored.bytes, in.getPosition(), bytes);
      }

      @Override
      public boolean holdsOnlyCodes() {
        return false;
      }
    };

    /**
     * The code in a doc value; the bytes are shared, not copied.
     *
     * @param stored the doc value
     * @param bytes the bytes that a code of the field has
     * @return null where the form allows for documents without a code of this width
     * @throws IllegalArgumentException when the code has another width and the form does not allow
     *     it
     */
    public abstract BytesRef code(BytesRef stored, int bytes);

    /** Whether every doc value is a code; otherwise {@link #code} may return null. */
    public abstract boolean holdsOnlyCodes();

    private static IllegalArgumentException otherWidth(int got, int bytes) {
      return new IllegalArgumentException(
          "codes of ["
              + bytes
              + "] bytes can only be compared with codes of the same width, got a stored code of ["
              + got
              + "] bytes");
    }
  }
}
