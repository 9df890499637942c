// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.util.Map;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.core.Releasables;
import org.elasticsearch.index.engine.Engine;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.internal.ReaderContext;

/**
 * The reader of a point in time while a request uses it. It sees what the one who asks now may see.
 */
final class OpenReader implements Releasable {

  private final ReaderContext reader;
  private final Engine.Searcher searcher;
  private final SearchExecutionContext context;
  private final Releasable use;

  private OpenReader(ReaderContext reader, Engine.Searcher searcher, long now, Releasable use) {
    this.reader = reader;
    this.searcher = searcher;
    this.use = use;
    this.context =
        reader
            .indexService()
            .newSearchExecutionContext(
                reader.indexShard().shardId().id(),
                0,
                searcher,
                () -> now,
                null,
                Map.of(),
                null,
                null);
  }

  /** Opens it for a request. */
  static OpenReader of(SearchService search, ReaderRequest request, long now) {
    ReaderContext reader = find(search, request.reader());
    reader.validate(request);
    Releasable use = reader.markAsUsed(ShardReader.KEEP_ALIVE.millis());
    Engine.Searcher searcher = null;
    try {
      searcher = reader.acquireSearcher("semantic_hash");
      OpenReader open = new OpenReader(reader, searcher, now, Releasables.wrap(searcher, use));
      use = null;
      searcher = null;
      return open;
    } finally {
      Releasables.closeWhileHandlingException(searcher, use);
    }
  }

  private static ReaderContext find(SearchService search, ShardReader wanted) {
    return search.getActivePITContexts(wanted.shard()).stream()
        .filter(reader -> reader.id().equals(wanted.reader()))
        .findAny()
        .orElseThrow(
            () ->
                new ElasticsearchStatusException(
                    "shard [{}] has left node [{}], or was closed",
                    RestStatus.SERVICE_UNAVAILABLE,
                    wanted.shard(),
                    wanted.node()));
  }

  ReaderContext reader() {
    return reader;
  }

  Engine.Searcher searcher() {
    return searcher;
  }

  SearchExecutionContext context() {
    return context;
  }

  @Override
  public void close() {
    Releasables.close(context::releaseQueryConstructionMemory, use);
  }
}
