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
