// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.Map;
import java.util.Set;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.metadata.IndexAbstraction;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver.ResolvedExpression;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.indices.SystemIndexDescriptor;
import org.elasticsearch.ingest.IngestMetadata;
import org.elasticsearch.ingest.PipelineConfiguration;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.builder.PointInTimeBuilder;

/** The indices and pipelines of the cluster. */
public record ClusterIndices(ClusterService clusterService) {

  @Inject
  public ClusterIndices {}

  /** Begins to describe a system index, whose mapping has its version in {@code _meta}. */
  public static SystemIndexDescriptor.Builder systemIndex() {
    return SystemIndexDescriptor.builder().setVersionMetaKey("version");
  }

  /** Those that there are now. */
  public State now() {
    return new State(clusterService.state());
  }

  /** Indices and pipelines as they were at one moment. */
  public record State(ClusterState state) {

    public Map<String, IndexMetadata> indices() {
      return state.metadata().indices();
    }

    /** Indices, aliases and data streams by their names. */
    public Map<String, IndexAbstraction> byName() {
      return state.metadata().getIndicesLookup();
    }

    public Map<String, PipelineConfiguration> pipelines() {
      IngestMetadata ingest = state.metadata().custom(IngestMetadata.TYPE);
      return ingest == null ? Map.of() : ingest.getPipelines();
    }

    /** The indices and aliases of this cluster that some names mean. */
    public Set<ResolvedExpression> resolve(
        IndexNameExpressionResolver resolver, IndicesOptions options, String... names) {
      return resolver.resolveExpressions(state, options, false, names);
    }

    /** The aliases among resolved names that mean an index; null when there are none. */
    public String[] aliases(
        IndexNameExpressionResolver resolver, String index, Set<ResolvedExpression> named) {
      return resolver.allIndexAliases(state, index, named);
    }

    /** The indices of a point in time. */
    public ResolvedIndices of(
        BytesReference pointInTime, IndicesOptions options, NamedWriteableRegistry registry) {
      return ResolvedIndices.resolveWithPIT(
          new PointInTimeBuilder(pointInTime), options, state, registry);
    }
  }
}
