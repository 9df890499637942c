// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.elasticsearch.index.IndexModule;
import org.elasticsearch.index.shard.SearchOperationListener;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.internal.ReaderContext;
import org.elasticsearch.search.internal.ShardSearchContextId;

/**
 * The readers that points in time have open on this node: 8.19 says only when one comes or goes.
 */
public final class PointInTimeReaders implements SearchOperationListener {

  private final Map<ShardSearchContextId, ReaderContext> open = new ConcurrentHashMap<>();

  /** Follows the readers of an index. */
  public void follow(IndexModule index) {
    index.addSearchOperationListener(this);
  }

  @Override
  public void onNewReaderContext(ReaderContext reader) {
    if (reader.singleSession() == false && reader.scrollContext() == null) {
      open.put(reader.id(), reader);
    }
  }

  @Override
  public void onFreeReaderContext(ReaderContext reader) {
    open.remove(reader.id(), reader);
  }

  /** An open reader. */
  public Optional<? extends ReaderContext> find(
      SearchService search, ShardId shard, ShardSearchContextId id) {
    return Optional.ofNullable(open.get(id))
        .filter(reader -> reader.indexShard().shardId().equals(shard));
  }
}
