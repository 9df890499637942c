// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.field;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.DocValueFormat;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.CodeForm;
import org.semantichash.hash.StampedCode;
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

  /**
   * Shows codes in base64 with the digest that their field is bound to: {@code base64@digest}. A
   * field without one has {@link DocValueFormat#BINARY} instead, as every field of type {@code
   * binary}, so a caller need not know the type of the field.
   *
   * @param digest the digest of the model
   */
  public record StampedDocValueFormat(String digest) implements DocValueFormat {

    /** Its name on the wire. */
    public static final String NAME = "semantic_hash_stamped";

    public StampedDocValueFormat {
      StampedCode.requireDigest("digest", digest);
    }

    public StampedDocValueFormat(StreamInput in) throws IOException {
      this(Frame.open(in, NAME).readString());
    }

    @Override
    public String getWriteableName() {
      return NAME;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(out, body -> body.writeString(digest));
    }

    @Override
    public String format(BytesRef value) {
      return DocValueFormat.BINARY.format(value) + "@" + digest;
    }

    @Override
    public BytesRef parseBytesRef(Object value) {
      String text = value.toString();
      int end = text.indexOf('@');
      return new BytesRef(Base64.getDecoder().decode(end < 0 ? text : text.substring(0, end)));
    }
  }
}
