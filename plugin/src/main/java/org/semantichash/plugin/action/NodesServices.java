// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.columns.NodeColumns;
import org.semantichash.plugin.models.LoadedModels;

/**
 * What an action on all nodes needs of its own.
 *
 * @param threadPool runs it
 * @param clusterService knows the nodes
 * @param transport reaches them
 * @param filters every action's
 * @param models those of this node
 * @param columns those of this node
 */
public record NodesServices(
    ThreadPool threadPool,
    ClusterService clusterService,
    TransportService transport,
    ActionFilters filters,
    LoadedModels models,
    NodeColumns columns) {

  /** Made by the node. */
  @Inject
  public NodesServices {}
}
