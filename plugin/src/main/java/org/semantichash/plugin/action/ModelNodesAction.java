// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.nodes.TransportNodesAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.semantichash.plugin.columns.NodeColumns;
import org.semantichash.plugin.models.LoadedModels;

/** Does something with the models of all nodes and tells how they are then. */
abstract class ModelNodesAction
    extends TransportNodesAction<
        ModelNodesRequest, NodesModels, ModelNodesRequest.ToOneNode, NodeModels, Void> {

  private final LoadedModels models;
  private final NodeColumns columns;

  ModelNodesAction(ActionType<NodesModels> type, NodesServices services) {
    super(
        type.name(),
        services.clusterService(),
        services.transport(),
        services.filters(),
        ModelNodesRequest.ToOneNode::new,
        services.threadPool().executor(ThreadPool.Names.MANAGEMENT));
    this.models = services.models();
    this.columns = services.columns();
  }

  final LoadedModels models() {
    return models;
  }

  final NodeColumns columns() {
    return columns;
  }

  /** How the models of this node are now. */
  final NodeModels stats(NamePatterns names) {
    return new NodeModels(
        clusterService.localNode(),
        models.stats().stream().filter(model -> names.matches(model.id())).toList(),
        models.libraries(),
        columns.statistics());
  }

  @Override
  protected NodesModels newResponse(
      ModelNodesRequest request, List<NodeModels> nodes, List<FailedNodeException> failures) {
    return new NodesModels(clusterService.getClusterName(), nodes, failures);
  }

  @Override
  protected ModelNodesRequest.ToOneNode newNodeRequest(ModelNodesRequest request) {
    return new ModelNodesRequest.ToOneNode(request.names());
  }

  @Override
  protected NodeModels newNodeResponse(StreamInput in, DiscoveryNode node) throws IOException {
    return new NodeModels(in, node);
  }

  @Override
  protected NodeModels nodeOperation(ModelNodesRequest.ToOneNode request, Task task) {
    return stats(request.names());
  }
}
