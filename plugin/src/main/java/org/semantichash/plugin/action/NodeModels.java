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
package org.semantichash.plugin.action;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.action.support.nodes.BaseNodeResponse;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.models.ModelStats;
import org.semantichash.plugin.models.NativeLibraries;
import org.semantichash.search.columns.ColumnStatistics;

/** The models and the columns of codes of one node, and whether it can run the models. */
public final class NodeModels extends BaseNodeResponse implements ToXContentFragment {

  private final List<ModelStats> models;
  private final String platform;
  private final String status;
  private final String reason;
  private final ColumnStatistics columns;

  NodeModels(
      DiscoveryNode node,
      List<ModelStats> models,
      NativeLibraries libraries,
      ColumnStatistics columns) {
    super(node);
    this.models = models;
    this.platform = libraries.platform();
    NativeLibraries.State state = libraries.state();
    this.status = state.status();
    this.reason = state.reason();
    this.columns = columns;
  }

  NodeModels(StreamInput in, DiscoveryNode node) throws IOException {
    super(in, node);
    this.models = in.readCollectionAsList(ModelStats::new);
    this.platform = in.readString();
    this.status = in.readString();
    this.reason = in.readOptionalString();
    this.columns =
        new ColumnStatistics(
            in.readZLong(),
            in.readZLong(),
            in.readZLong(),
            in.readZLong(),
            in.readZLong(),
            in.readZLong(),
            in.readZLong());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    out.writeCollection(models);
    out.writeString(platform);
    out.writeString(status);
    out.writeOptionalString(reason);
    out.writeZLong(columns.bytes());
    out.writeZLong(columns.columns());
    out.writeZLong(columns.hits());
    out.writeZLong(columns.builds());
    out.writeZLong(columns.buildNanos());
    out.writeZLong(columns.refusals());
    out.writeZLong(columns.evictions());
  }

  /** What the node did with each model. */
  public List<ModelStats> models() {
    return models;
  }

  /** What the node holds of the codes of segments. */
  public ColumnStatistics columns() {
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
    builder.humanReadableField("memory_in_bytes", "memory", ByteSizeValue.ofBytes(columns.bytes()));
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
