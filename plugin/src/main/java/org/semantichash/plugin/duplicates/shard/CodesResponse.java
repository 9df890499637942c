// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.semantichash.plugin.wire.Frame;

/** Some codes of a shard. */
public final class CodesResponse extends ActionResponse {

  private final SearchedFields fields;
  private final CodeBatch batch;

  CodesResponse(SearchedFields fields, CodeBatch batch) {
    this.fields = fields;
    this.batch = batch;
  }

  /** As it was written. */
  public CodesResponse(StreamInput in) throws IOException {
    Frame body = Frame.open(in, "codes of a shard");
    this.fields = body.read(SearchedFields::new);
    this.batch = body.read(CodeBatch::new);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          fields.writeTo(body);
          batch.writeTo(body);
        });
  }

  /** What the index says of its fields. */
  public SearchedFields fields() {
    return fields;
  }

  /** The codes. */
  public CodeBatch batch() {
    return batch;
  }
}
