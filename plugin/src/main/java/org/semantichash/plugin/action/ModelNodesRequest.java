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
