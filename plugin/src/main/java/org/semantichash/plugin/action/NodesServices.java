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
