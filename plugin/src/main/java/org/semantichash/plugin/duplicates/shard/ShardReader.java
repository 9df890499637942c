// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.elasticsearch.action.OriginalIndices;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.search.internal.ShardSearchContextId;
import org.semantichash.plugin.wire.Frame;

/**
 * An open reader of a shard.
 *
 * @param shard the shard
 * @param node the id of the node that has the reader
 * @param reader which reader
 * @param indices the names by which the caller came to the shard, and may read it
 */
public record ShardReader(
    ShardId shard, String node, ShardSearchContextId reader, OriginalIndices indices)
    implements Writeable {

  /** How long a reader stays open when nobody asks; who holds it asks more often. */
  public static final TimeValue KEEP_ALIVE = TimeValue.timeValueMinutes(5);

  /** As it was written. */
  public ShardReader(StreamInput in) throws IOException {
    this(Frame.open(in, "reader of a shard"));
  }

  private ShardReader(Frame body) throws IOException {
    this(
        new ShardId(body),
        body.readString(),
        new ShardSearchContextId(body),
        OriginalIndices.readOriginalIndices(body));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          shard.writeTo(body);
          body.writeString(node);
          reader.writeTo(body);
          OriginalIndices.writeOriginalIndices(indices, body);
        });
  }
}
