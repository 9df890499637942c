/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
