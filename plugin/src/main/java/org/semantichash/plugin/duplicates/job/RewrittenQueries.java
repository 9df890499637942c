// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.HashMap;
import java.util.Map;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.index.Index;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.Rewriteable;
import org.elasticsearch.search.builder.PointInTimeBuilder;
import org.elasticsearch.search.internal.AliasFilter;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.job.DuplicatesJob.JobServices;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodesRequest;
import org.semantichash.plugin.duplicates.shard.ShardReader;

/**
 * The queries of indices, the filters of aliases included, as far as this node can resolve them.
 */
final class RewrittenQueries {

  private final JobServices services;
  private final BlockingCalls waiting;
  private final PointInTime point;
  private final IndicesOptions indicesOptions;
  private final long now;

  RewrittenQueries(
      JobServices services,
      BlockingCalls waiting,
      PointInTime point,
      IndicesOptions indicesOptions,
      long now) {
    this.services = services;
    this.waiting = waiting;
    this.point = point;
    this.indicesOptions = indicesOptions;
    this.now = now;
  }

  /** What is asked of the shards of each index, by UUID of the index. */
  Map<String, CodesRequest.CodesQuery> wanted(DuplicatesOptions options) {
    QueryBuilder query = rewrite(options.query());
    Map<String, CodesRequest.CodesQuery> wanted = new HashMap<>();
    for (ShardReader reader : point.firstReaders()) {
      Index index = reader.shard().getIndex();
      AliasFilter alias = point.aliasFilters().getOrDefault(index.getUUID(), AliasFilter.EMPTY);
      wanted.put(
          index.getUUID(),
          new CodesRequest.CodesQuery(
              options.field(), both(query, rewrite(alias.getQueryBuilder())), options.keep(), now));
    }
    return wanted;
  }

  private static QueryBuilder both(QueryBuilder query, QueryBuilder alias) {
    if (query == null || alias == null) {
      return query == null ? alias : query;
    }
    return new BoolQueryBuilder().filter(query).filter(alias);
  }

  private QueryBuilder rewrite(QueryBuilder query) {
    if (query == null) {
      return null;
    }
    ResolvedIndices indices =
        ResolvedIndices.resolveWithPIT(
            new PointInTimeBuilder(point.id()),
            indicesOptions,
            services.project(),
            services.registry());
    QueryRewriteContext context =
        services
            .search()
            .getRewriteContext(
                () -> now,
                services.clusterService().state().getMinTransportVersion(),
                null,
                indices,
                null,
                false);
    return waiting.await(
        listener ->
            Rewriteable.rewriteAndFetch(query, context, services.threadPool().generic(), listener));
  }
}
