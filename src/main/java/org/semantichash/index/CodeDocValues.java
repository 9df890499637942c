// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.index;

import java.util.Arrays;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.util.BytesRef;
import org.semantichash.hash.BinaryCode;

/**
 * How a code is stored: one binary doc value per document, the bytes of {@link BinaryCode#toBytes}
 * and nothing else. All codes of a field have one width, so Lucene addresses them by
 * multiplication.
 */
public final class CodeDocValues {

  private CodeDocValues() {}

  /** The field that stores a code in a document. */
  public static BinaryDocValuesField field(String name, BinaryCode code) {
    return new BinaryDocValuesField(name, encode(code));
  }

  /** The stored bytes of a code. */
  public static BytesRef encode(BinaryCode code) {
    return new BytesRef(code.toBytes());
  }

  /**
   * The code in stored bytes.
   *
   * @param stored the doc value
   * @param bits the width of the field's codes
   * @throws IllegalArgumentException when the bytes are no code of this width
   */
  public static BinaryCode decode(BytesRef stored, int bits) {
    return BinaryCode.of(
        Arrays.copyOfRange(stored.bytes, stored.offset, stored.offset + stored.length), bits);
  }
}
