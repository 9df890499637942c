// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.metadata.ProjectMetadata;
import org.elasticsearch.cluster.project.ProjectResolver;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.semantichash.plugin.duplicates.DuplicatesLimits;
import org.semantichash.plugin.duplicates.result.DuplicatesResults;
import org.semantichash.plugin.store.EmptyCodes;

/**
 * What a search uses of its node.
 *
 * @param client with the rights of the caller
 * @param transport to other nodes
 * @param threadPool of the node
 * @param clusterService the cluster's state
 * @param projects the projects of the cluster
 * @param resolver of the names of indices
 * @param registry to read what Elasticsearch writes
 * @param search the node's searches
 * @param results where results are stored
 * @param emptyCodes the codes of texts without known terms
 * @param limits of searches and their results
 */
public record JobServices(
    Client client,
    TransportService transport,
    ThreadPool threadPool,
    ClusterService clusterService,
    ProjectResolver projects,
    IndexNameExpressionResolver resolver,
    NamedWriteableRegistry registry,
    SearchService search,
    DuplicatesResults results,
    EmptyCodes emptyCodes,
    DuplicatesLimits limits) {

  /** Made by the node. */
  @Inject
  public JobServices {}

  /** What the cluster's state says of the indices now. */
  ProjectMetadata project() {
    return projects.getProjectMetadata(clusterService.state());
  }
}
