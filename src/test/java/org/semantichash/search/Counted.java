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
