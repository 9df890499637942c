// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.index;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;

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
}
