// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.lucene.store.ByteArrayDataOutput;
import org.apache.lucene.util.BytesRef;

/** Values as Elasticsearch's field type {@code binary} stores them. */
final class Counted {

  private Counted() {}

  static BytesRef values(byte[]... values) {
    int vInt = 5;
    int most = vInt + Arrays.stream(values).mapToInt(value -> vInt + value.length).sum();
    ByteArrayDataOutput out = new ByteArrayDataOutput(new byte[most]);
    byte[] bytes = new byte[most];
    out.reset(bytes);
    try {
      out.writeVInt(values.length);
      for (byte[] value : values) {
        out.writeVInt(value.length);
        out.writeBytes(value, 0, value.length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BytesRef(bytes, 0, out.getPosition());
  }
}
