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
package org.semantichash.encoder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes protocol buffer messages, broken ones too. */
final class ProtoWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ProtoWriter integer(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  ProtoWriter string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoWriter bytes(int field, byte[] value) {
    varint(((long) field << 3) | 2);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  ProtoWriter message(int field, Consumer<ProtoWriter> content) {
    ProtoWriter message = new ProtoWriter();
    content.accept(message);
    return bytes(field, message.toBytes());
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
