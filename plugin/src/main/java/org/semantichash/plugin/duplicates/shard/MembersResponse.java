// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.semantichash.plugin.wire.Frame;

/** Who some documents of a shard are. */
public final class MembersResponse extends ActionResponse {

  private final String[] ids;
  private final long[] scores;

  MembersResponse(String[] ids, long[] scores) {
    this.ids = ids;
    this.scores = scores;
  }

  /** As it was written. */
  public MembersResponse(StreamInput in) throws IOException {
    Frame body = Frame.open(in, "members of a shard");
    this.ids = body.readStringArray();
    this.scores = body.readLongArray();
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeStringArray(ids);
          body.writeLongArray(scores);
        });
  }

  /** The id of each document that was asked for. */
  public String[] ids() {
    return ids;
  }

  /** How much speaks for keeping it; the highest number wins. */
  public long[] scores() {
    return scores;
  }
}
