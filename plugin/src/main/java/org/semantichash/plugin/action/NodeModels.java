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
import org.elasticsearch.action.support.nodes.BaseNodeResponse;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ToXContentFragment;
import org.elasticsearch.xcontent.XContentBuilder;
import org.semantichash.plugin.models.ModelStats;
import org.semantichash.plugin.models.NativeLibraries;
import org.semantichash.plugin.wire.Frame;

/** The models of one node, and whether it can run them. */
public final class NodeModels extends BaseNodeResponse implements ToXContentFragment {

  private final List<ModelStats> models;
  private final String platform;
  private final String status;
  private final String reason;

  NodeModels(DiscoveryNode node, List<ModelStats> models, NativeLibraries libraries) {
    super(node);
    this.models = models;
    this.platform = libraries.platform();
    NativeLibraries.State state = libraries.state();
    this.status = state.status();
    this.reason = state.reason();
  }

  NodeModels(StreamInput in, DiscoveryNode node) throws IOException {
    super(in, node);
    Frame body = Frame.open(in, "models of a node");
    this.models = body.readCollectionAsList(ModelStats::new);
    this.platform = body.readString();
    this.status = body.readString();
    this.reason = body.readOptionalString();
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
        });
  }

  /** What the node did with each model. */
  public List<ModelStats> models() {
    return models;
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.field("name", getNode().getName());
    builder.startObject("onnx_runtime").field("platform", platform).field("status", status);
    if (reason != null) {
      builder.field("reason", reason);
    }
    builder.endObject();
    builder.startObject("models");
    for (ModelStats model : models) {
      builder.field(model.id(), model);
    }
    return builder.endObject();
  }
}
