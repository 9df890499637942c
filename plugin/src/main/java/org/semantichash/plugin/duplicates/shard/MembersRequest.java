// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.semantichash.plugin.duplicates.Keep;
import org.semantichash.plugin.wire.Frame;

/** Asks who some documents of a shard are. */
public final class MembersRequest extends ReaderRequest {

  private final int[] documents;
  private final Keep keep;

  /**
   * Asks for documents.
   *
   * @param documents of the reader, ascending
   * @param keep how the kept ones are chosen
   */
  public MembersRequest(ShardReader reader, int[] documents, Keep keep) {
    super(reader);
    this.documents = documents;
    this.keep = keep;
  }

  MembersRequest(StreamInput in) throws IOException {
    super(in);
    Frame body = Frame.open(in, "members of a shard");
    this.documents = body.readVIntArray();
    this.keep = body.read(Keep::new);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    Frame.write(
        out,
        body -> {
          body.writeVIntArray(documents);
          keep.writeTo(body);
        });
  }

  int[] documents() {
    return documents;
  }

  Keep keep() {
    return keep;
  }
}
