// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.aggregation;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.wire.Frame;

/**
 * What all documents together gave.
 *
 * @param total how many groups there are
 * @param documents how many documents are in one of them
 * @param capped how many of them are over the largest size or were kept from growing over it
 * @param groups those that were asked for, the largest first
 */
record FoundGroups(int total, int documents, int capped, List<FoundGroup> groups)
    implements Writeable, ToXContentFragment {

  /** Nothing. */
  static final FoundGroups NONE = new FoundGroups(0, 0, 0, List.of());

  /** Keeps the groups. */
  FoundGroups {
    groups = List.copyOf(groups);
  }

  FoundGroups(StreamInput in) throws IOException {
    this(Frame.open(in, NearDuplicatesAggregationBuilder.NAME));
  }

  private FoundGroups(Frame body) throws IOException {
    this(
        body.readVInt(),
        body.readVInt(),
        body.readVInt(),
        body.readCollectionAsList(FoundGroup::new));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeVInt(total);
          body.writeVInt(documents);
          body.writeVInt(capped);
          body.writeCollection(groups);
        });
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    return builder
        .field("total_groups", total)
        .field("grouped_documents", documents)
        .field("capped_groups", capped)
        .xContentList("groups", groups);
  }
}
