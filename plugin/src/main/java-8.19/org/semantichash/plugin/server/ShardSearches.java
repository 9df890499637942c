// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.ScoreMode;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.cluster.routing.IndexRouting;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.index.IndexMode;
import org.elasticsearch.index.IndexService;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.IndexVersions;
import org.elasticsearch.index.engine.Engine;
import org.elasticsearch.index.mapper.IdLoader;
import org.elasticsearch.index.mapper.KeywordFieldMapper;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.internal.ContextIndexSearcher;
import org.elasticsearch.search.internal.ReaderContext;
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
    return search.getRewriteContext(() -> now, indices, null);
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
        .newSearchExecutionContext(shard, 0, searcher, () -> now, null, Map.of());
  }

  /** Reads {@code _source}; 8.19 cannot read only some paths of it. */
  public static SourceProvider sources(SearchExecutionContext context, Collection<String> paths) {
    return context.createSourceProvider();
  }

  /** Reads the ids of the documents of an index. */
  public static IdLoader ids(IndexService index) {
    IndexSettings settings = index.getIndexSettings();
    if (settings.getMode() != IndexMode.TIME_SERIES) {
      return IdLoader.fromLeafStoredFieldLoader();
    }
    return settings.getIndexVersionCreated().before(IndexVersions.TIME_SERIES_ROUTING_HASH_IN_ID)
        ? idsOfDimensions(index)
        : IdLoader.createTsIdLoader(null, null);
  }

  /** Time series of old versions have their ids in the fields by which they are routed. */
  private static IdLoader idsOfDimensions(IndexService index) {
    var routing = (IndexRouting.ExtractFromSource) index.getIndexSettings().getIndexRouting();
    TreeSet<String> fields = new TreeSet<>(index.getMetadata().getRoutingPaths());
    if (fields.stream().anyMatch(path -> path.contains("*"))) {
      for (Mapper field : index.mapperService().mappingLookup().fieldMappers()) {
        if (field instanceof KeywordFieldMapper && routing.matchesField(field.fullPath())) {
          fields.add(field.fullPath());
        }
      }
    }
    return IdLoader.createTsIdLoader(routing, List.copyOf(fields));
  }

  /**
   * Throws when the search is cancelled or has run out of time. 8.19 asks itself so before it
   * searches a segment, of which nothing is collected here.
   */
  public static void checkCancelled(ContextIndexSearcher searcher) {
    List<LeafReaderContext> segments = searcher.getIndexReader().leaves();
    if (segments.isEmpty()) {
      return;
    }
    try {
      searcher.search(segments.subList(0, 1), null, Nothing.COLLECTED);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is read
    }
    if (searcher.timeExceeded()) {
      searcher.throwTimeExceededException();
    }
  }

  /** Wants no document of any segment. */
  private enum Nothing implements Collector {
    COLLECTED;

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext segment) {
      throw new CollectionTerminatedException();
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }

  /** How many documents a search has found. */
  public static long totalHits(SearchResponse response) {
    return response.getHits().getTotalHits().value;
  }

  /** Hands over the engine of a shard, if it has one now. */
  public static void withEngine(IndexShard shard, Consumer<Engine> use) {
    Engine engine = shard.getEngineOrNull();
    if (engine != null) {
      use.accept(engine);
    }
  }
}
