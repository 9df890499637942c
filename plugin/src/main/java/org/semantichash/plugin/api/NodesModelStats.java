// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.action.support.nodes.BaseNodeResponse;
import org.elasticsearch.action.support.nodes.BaseNodesResponse;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.models.ModelStats;
import org.semantichash.plugin.models.NativeLibraries;
import org.semantichash.plugin.wire.Frame;
import org.semantichash.search.columns.ColumnCache;

/** The models of all nodes: what each node did with each model, and its columns of codes. */
public final class NodesModelStats extends BaseNodesResponse<NodesModelStats.NodeModelStats>
    implements ToXContentFragment {

  NodesModelStats(
      ClusterName cluster, List<NodeModelStats> nodes, List<FailedNodeException> failures) {
    super(cluster, nodes, failures);
  }

  @Override
  protected List<NodeModelStats> readNodesFrom(StreamInput in) {
    return TransportAction.localOnly();
  }

  @Override
  protected void writeNodesTo(StreamOutput out, List<NodeModelStats> nodes) {
    TransportAction.localOnly();
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject("nodes");
    for (NodeModelStats node : getNodes()) {
      builder.startObject(node.getNode().getId());
      node.toXContent(builder, params);
      builder.endObject();
    }
    return builder.endObject();
  }

  /** The models and the columns of codes of one node, and whether it can run the models. */
  public static final class NodeModelStats extends BaseNodeResponse implements ToXContentFragment {

    private static final ColumnCache.Statistics NONE =
        new ColumnCache.Statistics(0, 0, 0, 0, 0, 0, 0);

    private final List<ModelStats> models;
    private final String platform;
    private final String status;
    private final String reason;
    private final ColumnCache.Statistics columns;

    NodeModelStats(
        DiscoveryNode node,
        List<ModelStats> models,
        NativeLibraries libraries,
        ColumnCache.Statistics columns) {
      super(node);
      this.models = models;
      this.platform = libraries.platform();
      NativeLibraries.State state = libraries.state();
      this.status = state.status();
      this.reason = state.reason();
      this.columns = columns;
    }

    NodeModelStats(StreamInput in, DiscoveryNode node) throws IOException {
      super(in, node);
      Frame body = Frame.open(in, "models of a node");
      this.models = body.readCollectionAsList(ModelStats::new);
      this.platform = body.readString();
      this.status = body.readString();
      this.reason = body.readOptionalString();
      this.columns = body.readOr(NONE, NodeModelStats::columns);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      super.writeTo(out);
      Frame.write(
          out,
          body -> {
            body.writeCollection(models);
            body.writeString(platform);
            body.writeString(status);
            body.writeOptionalString(reason);
            writeColumns(body);
          });
    }

    private static ColumnCache.Statistics columns(StreamInput in) throws IOException {
      return new ColumnCache.Statistics(
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong(),
          in.readVLong());
    }

    private void writeColumns(StreamOutput out) throws IOException {
      out.writeVLong(columns.bytes());
      out.writeVLong(columns.columns());
      out.writeVLong(columns.hits());
      out.writeVLong(columns.builds());
      out.writeVLong(columns.buildNanos());
      out.writeVLong(columns.refusals());
      out.writeVLong(columns.evictions());
    }

    /** What the node did with each model. */
    public List<ModelStats> models() {
      return models;
    }

    /** What the node holds of the codes of segments. */
    public ColumnCache.Statistics columns() {
      return columns;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
      builder.field("name", getNode().getName());
      builder.startObject("onnx_runtime").field("platform", platform).field("status", status);
      if (reason != null) {
        builder.field("reason", reason);
      }
      builder.endObject();
      builder.startObject("columns");
      builder.humanReadableField(
          "memory_in_bytes", "memory", ByteSizeValue.ofBytes(columns.bytes()));
      builder.field("segments", columns.columns());
      builder.field("hits", columns.hits());
      builder.field("builds", columns.builds());
      builder.humanReadableField(
          "build_time_in_millis",
          "build_time",
          TimeValue.timeValueMillis(TimeUnit.NANOSECONDS.toMillis(columns.buildNanos())));
      builder.field("refusals", columns.refusals());
      builder.field("evictions", columns.evictions());
      builder.endObject();
      builder.startObject("models");
      for (ModelStats model : models) {
        builder.field(model.id(), model);
      }
      return builder.endObject();
    }
  }
}
