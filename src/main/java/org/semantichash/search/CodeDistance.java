// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.lucene.util.BytesRef;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;

/**
 * Counts the bits in which stored codes differ from one query code.
 *
 * <p>Eight bytes at a time, from wherever the doc value lies in its block, in the machine's own
 * byte order: which bit differs does not matter, only how many. Widths of one and two words, the
 * usual ones, have no loop.
 */
final class CodeDistance {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Farther than any code: where a doc value is none. */
  static final int NO_CODE = Integer.MAX_VALUE;

  private final CodeField.StoredForm form;
  private final byte[] query;
  private final int words;
  private final long first;
  private final long second;

  CodeDistance(BinaryCode code, CodeField.StoredForm form) {
    this.form = form;
    query = code.toBytes();
    words = query.length / Long.BYTES;
    first = words > 0 ? word(query, 0) : 0;
    second = words > 1 ? word(query, Long.BYTES) : 0;
  }

  /**
   * The distance to a stored code, or {@link #NO_CODE}.
   *
   * @throws IllegalArgumentException when the stored code has another width
   */
  int to(BytesRef stored) {
    BytesRef code = form.code(stored, query.length);
    if (code == null) {
      return NO_CODE;
    }
    byte[] bytes = code.bytes;
    int offset = code.offset;
    if (query.length == Long.BYTES) {
      return Long.bitCount(first ^ word(bytes, offset));
    }
    if (query.length == 2 * Long.BYTES) {
      return Long.bitCount(first ^ word(bytes, offset))
          + Long.bitCount(second ^ word(bytes, offset + Long.BYTES));
    }
    return anyWidth(bytes, offset);
  }

  private int anyWidth(byte[] bytes, int offset) {
    int distance = 0;
    int position = 0;
    for (int i = 0; i < words; i++, position += Long.BYTES) {
      distance += Long.bitCount(word(query, position) ^ word(bytes, offset + position));
    }
    for (; position < query.length; position++) {
      distance += Integer.bitCount((query[position] ^ bytes[offset + position]) & 0xff);
    }
    return distance;
  }

  private static long word(byte[] bytes, int offset) {
    return (long) WORDS.get(bytes, offset);
  }
}
