// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.action.support.nodes.BaseNodesRequest;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.transport.AbstractTransportRequest;
import org.semantichash.plugin.wire.Frame;

/** Asks all nodes about models. */
public final class ModelNodesRequest extends BaseNodesRequest {

  private final NamePatterns names;

  /** About the models of these names or patterns, or about all when there are none. */
  public ModelNodesRequest(List<String> names) {
    this(new NamePatterns(names));
  }

  /** About the models of these names. */
  public ModelNodesRequest(NamePatterns names) {
    super(new String[0]);
    this.names = names;
  }

  NamePatterns names() {
    return names;
  }

  /** What one node is asked. */
  static final class ToOneNode extends AbstractTransportRequest {

    private final NamePatterns names;

    ToOneNode(NamePatterns names) {
      this.names = names;
    }

    ToOneNode(StreamInput in) throws IOException {
      super(in);
      Frame body = Frame.open(in, "models of a node");
      this.names = new NamePatterns(body.readStringCollectionAsList());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      super.writeTo(out);
      Frame.write(out, body -> body.writeStringCollection(names.patterns()));
    }

    NamePatterns names() {
      return names;
    }
  }
}
