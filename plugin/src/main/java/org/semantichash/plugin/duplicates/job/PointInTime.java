// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.OriginalIndices;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.action.search.ClosePointInTimeRequest;
import org.elasticsearch.action.search.OpenPointInTimeRequest;
import org.elasticsearch.action.search.SearchContextId;
import org.elasticsearch.action.search.SearchContextIdForNode;
import org.elasticsearch.action.search.TransportClosePointInTimeAction;
import org.elasticsearch.action.search.TransportOpenPointInTimeAction;
import org.elasticsearch.action.support.IndicesOptions;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver.ResolvedExpression;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.index.Index;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.Rewriteable;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.search.internal.AliasFilter;
import org.semantichash.plugin.duplicates.DuplicatesOptions;
import org.semantichash.plugin.duplicates.DuplicatesRequest;
import org.semantichash.plugin.duplicates.job.DuplicatesJob.JobServices;
import org.semantichash.plugin.duplicates.shard.ShardCodesAction.CodesRequest;
import org.semantichash.plugin.duplicates.shard.ShardReader;
import org.semantichash.plugin.server.ClusterIndices;
import org.semantichash.plugin.server.ShardSearches;

/**
 * A point in time of Elasticsearch: an open reader of every shard that a request means. It is
 * opened with the rights of the caller, who must be allowed to read all that is named.
 *
 * @param id its id, as Elasticsearch gives it
 * @param readers by name of the index and number of the shard
 * @param aliasFilters the filters of aliases, by UUID of the index
 */
record PointInTime(
    BytesReference id, List<ShardReader> readers, Map<String, AliasFilter> aliasFilters) {

  static void open(
      Client client, DuplicatesRequest request, ActionListener<BytesReference> listener) {
    OpenPointInTimeRequest open =
        new OpenPointInTimeRequest(request.indices())
            .indicesOptions(request.indicesOptions())
            .keepAlive(ShardReader.KEEP_ALIVE);
    client.execute(
        TransportOpenPointInTimeAction.TYPE,
        open,
        listener.map(response -> response.getPointInTimeId()));
  }

  /** Closes it; the readers that cannot be reached now close by themselves later. */
  static void close(Client client, BytesReference id) {
    client.execute(
        TransportClosePointInTimeAction.TYPE,
        new ClosePointInTimeRequest(id),
        ActionListener.noop());
  }

  /** Reads what Elasticsearch says in its id. */
  static PointInTime of(
      BytesReference id,
      DuplicatesRequest request,
      ClusterIndices.State cluster,
      IndexNameExpressionResolver resolver,
      NamedWriteableRegistry registry) {
    SearchContextId decoded = SearchContextId.decode(registry, id);
    Set<ResolvedExpression> named =
        cluster.resolve(resolver, request.indicesOptions(), request.indices());
    List<ShardReader> readers = new ArrayList<>();
    decoded
        .shards()
        .forEach(
            (shard, reader) ->
                readers.add(
                    reader(shard, reader, names(shard, named, cluster, resolver), request)));
    readers.sort(
        Comparator.comparing((ShardReader reader) -> reader.shard().getIndexName())
            .thenComparingInt(reader -> reader.shard().id()));
    return new PointInTime(id, List.copyOf(readers), decoded.aliasFilter());
  }

  private static ShardReader reader(
      ShardId shard, SearchContextIdForNode reader, String[] names, DuplicatesRequest request) {
    if (reader.getClusterAlias() != null) {
      throw new IllegalArgumentException(
          "[index] must be of this cluster, got an index of [" + reader.getClusterAlias() + "]");
    }
    return new ShardReader(
        shard,
        reader.getNode(),
        reader.getSearchContextId(),
        new OriginalIndices(names, request.indicesOptions()));
  }

  /** The names by which the caller came to a shard: a user may have rights on an alias only. */
  private static String[] names(
      ShardId shard,
      Set<ResolvedExpression> named,
      ClusterIndices.State cluster,
      IndexNameExpressionResolver resolver) {
    String index = shard.getIndexName();
    Set<String> names = new TreeSet<>();
    String[] aliases = cluster.aliases(resolver, index, named);
    if (aliases != null) {
      names.addAll(List.of(aliases));
    }
    var abstraction = cluster.byName().get(index);
    var stream = abstraction == null ? null : abstraction.getParentDataStream();
    boolean direct =
        named.stream()
            .map(ResolvedExpression::resource)
            .anyMatch(
                name -> name.equals(index) || (stream != null && name.equals(stream.getName())));
    if (direct || names.isEmpty()) {
      names.add(index);
    }
    return names.toArray(String[]::new);
  }

  /** Only some indices. */
  PointInTime only(Set<String> indices) {
    return new PointInTime(
        id,
        readers.stream().filter(reader -> indices.contains(reader.shard().getIndexName())).toList(),
        aliasFilters);
  }

  /**
   * What a later reader of the result must be allowed to read: the aliases and indices by which the
   * caller came, and data streams rather than the indices behind them, which come and go.
   */
  List<String> names(ClusterIndices.State cluster) {
    Set<String> names = new TreeSet<>();
    for (ShardReader reader : readers) {
      for (String name : reader.indices().indices()) {
        var abstraction = cluster.byName().get(name);
        var stream = abstraction == null ? null : abstraction.getParentDataStream();
        names.add(stream == null ? name : stream.getName());
      }
    }
    return List.copyOf(names);
  }

  /** The names of the indices but some. */
  List<String> indicesBeside(Set<String> some) {
    return indices().stream().filter(index -> some.contains(index) == false).toList();
  }

  /** The names of the indices. */
  List<String> indices() {
    return readers.stream().map(reader -> reader.shard().getIndexName()).distinct().toList();
  }

  /** A reader of each index. */
  List<ShardReader> firstReaders() {
    List<ShardReader> first = new ArrayList<>();
    for (ShardReader reader : readers) {
      if (first.isEmpty()
          || first.getLast().shard().getIndex().equals(reader.shard().getIndex()) == false) {
        first.add(reader);
      }
    }
    return first;
  }

  /**
   * The queries of indices, the filters of aliases included, as far as this node can resolve them.
   */
  static final class ShardQueries {

    private final JobServices services;
    private final BlockingCalls waiting;
    private final PointInTime point;
    private final IndicesOptions indicesOptions;
    private final long now;

    ShardQueries(
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
      QueryBuilder newDocuments = rewrite(options.newDocuments());
      Map<String, CodesRequest.CodesQuery> wanted = new HashMap<>();
      for (ShardReader reader : point.firstReaders()) {
        Index index = reader.shard().getIndex();
        AliasFilter alias = point.aliasFilters().getOrDefault(index.getUUID(), AliasFilter.EMPTY);
        wanted.put(
            index.getUUID(),
            new CodesRequest.CodesQuery(
                options.field(),
                both(query, rewrite(alias.getQueryBuilder())),
                options.keep(),
                now,
                options.verify() == null ? null : options.verify().field(),
                newDocuments));
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
          services.indices().now().of(point.id(), indicesOptions, services.registry());
      QueryRewriteContext context =
          ShardSearches.rewriteContext(services.search(), services.clusterService(), indices, now);
      return waiting.await(
          listener ->
              Rewriteable.rewriteAndFetch(
                  query, context, services.threadPool().generic(), listener));
    }
  }
}
