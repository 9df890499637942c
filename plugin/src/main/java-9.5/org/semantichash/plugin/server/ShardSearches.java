// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.lucene.search.IndexSearcher;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.index.IndexService;
import org.elasticsearch.index.engine.Engine;
import org.elasticsearch.index.mapper.IdLoader;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.internal.ContextIndexSearcher;
import org.elasticsearch.search.internal.ReaderContext;
import org.elasticsearch.search.lookup.SourceFilter;
import org.elasticsearch.search.lookup.SourceProvider;

/** What a search needs of the server at the coordinating node and at a shard. */
public final class ShardSearches {

  private ShardSearches() {}

  /**
   * Rewrites queries at the coordinating node.
   *
   * @param now the time that queries take for the present, in milliseconds
   */
  public static QueryRewriteContext rewriteContext(
      SearchService search, ClusterService cluster, ResolvedIndices indices, long now) {
    return search.getRewriteContext(
        () -> now, cluster.state().getMinTransportVersion(), null, indices, null, false);
  }

  /**
   * Executes queries at a shard.
   *
   * @param now the time that queries take for the present, in milliseconds
   */
  public static SearchExecutionContext executionContext(
      ReaderContext reader, IndexSearcher searcher, long now) {
    int shard = reader.indexShard().shardId().id();
    return reader
        .indexService()
        .newSearchExecutionContext(shard, 0, searcher, () -> now, null, Map.of(), null, null);
  }

  /** Reads {@code _source}, of which some paths are wanted. */
  public static SourceProvider sources(SearchExecutionContext context, Collection<String> paths) {
    return context.createSourceProvider(
        new SourceFilter(paths.toArray(String[]::new), new String[0]));
  }

  /** Reads the ids of the documents of an index. */
  public static IdLoader ids(IndexService index) {
    return IdLoader.create(index.getIndexSettings(), index.mapperService().mappingLookup());
  }

  /** Throws when the search is cancelled or has run out of time. */
  public static void checkCancelled(ContextIndexSearcher searcher) {
    searcher.checkCancelled();
  }

  /** How many documents a search has found. */
  public static long totalHits(SearchResponse response) {
    return response.getHits().getTotalHits().value();
  }

  /** Hands over the engine of a shard, if it has one now. */
  public static void withEngine(IndexShard shard, Consumer<Engine> use) {
    shard.tryWithEngineOrNull(
        engine -> {
          if (engine != null) {
            use.accept(engine);
          }
          return null;
        });
  }
}
