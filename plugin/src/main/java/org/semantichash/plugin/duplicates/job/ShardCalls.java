// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportRequest;
import org.elasticsearch.transport.TransportRequestOptions;
import org.elasticsearch.transport.TransportResponse;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.duplicates.shard.CodesRequest;
import org.semantichash.plugin.duplicates.shard.CodesResponse;
import org.semantichash.plugin.duplicates.shard.MembersRequest;
import org.semantichash.plugin.duplicates.shard.MembersResponse;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction;
import org.semantichash.plugin.duplicates.shard.ShardMembersAction;
import org.semantichash.plugin.duplicates.shard.ShardReader;

/**
 * Asks the nodes that have the readers, as children of a task.
 *
 * @param transport of this node
 * @param clusterService knows the nodes
 * @param task of the search
 */
record ShardCalls(TransportService transport, ClusterService clusterService, Task task) {

  void codes(ShardReader reader, CodesRequest request, ActionListener<CodesResponse> listener) {
    send(reader, ShardCodesAction.TYPE.name(), request, CodesResponse::new, listener);
  }

  void members(
      ShardReader reader, MembersRequest request, ActionListener<MembersResponse> listener) {
    send(reader, ShardMembersAction.TYPE.name(), request, MembersResponse::new, listener);
  }

  private <T extends TransportResponse> void send(
      ShardReader reader,
      String action,
      TransportRequest request,
      Writeable.Reader<T> response,
      ActionListener<T> listener) {
    DiscoveryNode node = clusterService.state().nodes().get(reader.node());
    if (node == null) {
      listener.onFailure(
          new ElasticsearchStatusException(
              "node [{}] with shard [{}] has left the cluster",
              RestStatus.SERVICE_UNAVAILABLE,
              reader.node(),
              reader.shard()));
      return;
    }
    transport.sendChildRequest(
        node,
        action,
        request,
        task,
        TransportRequestOptions.EMPTY,
        new ActionListenerResponseHandler<>(
            listener, response, transport.getThreadPool().generic())); // it copies many codes
  }
}
