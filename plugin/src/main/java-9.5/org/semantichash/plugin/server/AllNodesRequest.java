// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.io.IOException;
import org.elasticsearch.action.support.nodes.BaseNodesRequest;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.transport.AbstractTransportRequest;

/**
 * A request to all nodes.
 *
 * @param <R> the request
 */
public abstract class AllNodesRequest<R extends AllNodesRequest<R>> extends BaseNodesRequest {

  protected AllNodesRequest() {
    super(new String[0]);
  }

  /** Waits for each node no longer than this. */
  public final void waitFor(TimeValue timeout) {
    setTimeout(timeout);
  }

  /** What one of the nodes is asked. */
  public abstract static class NodeRequest extends AbstractTransportRequest {

    protected NodeRequest() {}

    protected NodeRequest(StreamInput in) throws IOException {
      super(in);
    }
  }
}
