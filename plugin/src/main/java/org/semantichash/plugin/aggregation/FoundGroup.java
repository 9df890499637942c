// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.aggregation;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.wire.Frame;

/**
 * Documents that are near-duplicates of each other.
 *
 * @param diameter the largest distance between two of them
 * @param capped whether the group is over the largest size or was kept from growing over it
 * @param documents by index, then by id
 */
record FoundGroup(int diameter, boolean capped, List<Document> documents)
    implements Writeable, ToXContentObject {

  /**
   * A document.
   *
   * @param distance to the first document of the group
   */
  record Document(String index, String id, int distance) implements Writeable, ToXContentObject {

    Document(StreamInput in) throws IOException {
      this(Frame.open(in, NearDuplicatesAggregationBuilder.NAME));
    }

    private Document(Frame body) throws IOException {
      this(body.readString(), body.readString(), body.readVInt());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      Frame.write(
          out,
          body -> {
            body.writeString(index);
            body.writeString(id);
            body.writeVInt(distance);
          });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
      return builder
          .startObject()
          .field("_index", index)
          .field("_id", id)
          .field("distance", distance)
          .endObject();
    }
  }

  /** Keeps the documents. */
  FoundGroup {
    documents = List.copyOf(documents);
  }

  FoundGroup(StreamInput in) throws IOException {
    this(Frame.open(in, NearDuplicatesAggregationBuilder.NAME));
  }

  private FoundGroup(Frame body) throws IOException {
    this(body.readVInt(), body.readBoolean(), body.readCollectionAsList(Document::new));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeVInt(diameter);
          body.writeBoolean(capped);
          body.writeCollection(documents);
        });
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    return builder
        .startObject()
        .field("size", documents.size())
        .field("diameter", diameter)
        .field("capped", capped)
        .xContentList("documents", documents)
        .endObject();
  }
}
