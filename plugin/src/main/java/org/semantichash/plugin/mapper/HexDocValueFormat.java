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
package org.semantichash.plugin.mapper;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.DocValueFormat;
import org.semantichash.plugin.wire.Frame;

/** Shows codes in hexadecimal, as they are shown everywhere else. */
public final class HexDocValueFormat implements DocValueFormat {

  /** Its name on the wire. */
  public static final String NAME = "semantic_hash_hex";

  /** The only one: it has no state. */
  public static final HexDocValueFormat INSTANCE = new HexDocValueFormat();

  private HexDocValueFormat() {}

  /** Reads what {@link #writeTo} wrote. */
  public static HexDocValueFormat read(StreamInput in) throws IOException {
    Frame.open(in, NAME);
    return INSTANCE;
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(out, body -> {});
  }

  @Override
  public String format(BytesRef value) {
    return HexFormat.of().formatHex(value.bytes, value.offset, value.offset + value.length);
  }

  @Override
  public BytesRef parseBytesRef(Object value) {
    return new BytesRef(HexFormat.of().parseHex(value.toString().toLowerCase(Locale.ROOT)));
  }

  @Override
  public String toString() {
    return NAME;
  }
}
