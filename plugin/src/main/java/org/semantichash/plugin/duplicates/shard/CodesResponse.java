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
