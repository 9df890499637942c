// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.mapper;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.DocValueFormat;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.CodeForm;
import org.semantichash.plugin.wire.Frame;

/**
 * Shows codes in one of their forms: a long as a number, bytes as a list, all others as text.
 *
 * @param form the form
 * @param bits the width of the codes
 */
public record CodeDocValueFormat(CodeForm form, int bits) implements DocValueFormat {

  /** Its name on the wire. */
  public static final String NAME = "semantic_hash_code";

  /** Reads what {@link #writeTo} wrote. */
  public CodeDocValueFormat(StreamInput in) throws IOException {
    this(Frame.open(in, NAME));
  }

  private CodeDocValueFormat(Frame body) throws IOException {
    this(CodeForm.of(body.readString()), body.readVInt());
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeString(form.id());
          body.writeVInt(bits);
        });
  }

  @Override
  public Object format(BytesRef value) {
    byte[] bytes = Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length);
    return form.value(BinaryCode.of(bytes, bits));
  }

  @Override
  public BytesRef parseBytesRef(Object value) {
    return new BytesRef(form.parse(value.toString(), bits).toBytes());
  }

  @Override
  public String toString() {
    return NAME + "[" + form.id() + "]";
  }
}
