// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.mapper;

import java.io.IOException;
import java.util.Base64;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.DocValueFormat;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.wire.Frame;

/**
 * Shows codes in base64 with the digest that their field is bound to: {@code base64@digest}. A
 * field without one has {@link DocValueFormat#BINARY} instead, as every field of type {@code
 * binary}, so who asks for either need not know which type it is.
 *
 * @param digest the digest of the model
 */
public record StampedDocValueFormat(String digest) implements DocValueFormat {

  /** Its name on the wire. */
  public static final String NAME = "semantic_hash_stamped";

  /** Checks the digest. */
  public StampedDocValueFormat {
    StampedCode.requireDigest("digest", digest);
  }

  /** Reads what {@link #writeTo} wrote. */
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
