// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.util.Optional;
import org.elasticsearch.index.IndexModule;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.search.internal.ReaderContext;
import org.elasticsearch.search.internal.ShardSearchContextId;

/** The readers that points in time have open on this node. */
public final class PointInTimeReaders {

  /** Follows the readers of an index. */
  public void follow(IndexModule index) {}

  /** An open reader. */
  public Optional<? extends ReaderContext> find(
      SearchService search, ShardId shard, ShardSearchContextId id) {
    return search.getActivePITContexts(shard).stream()
        .filter(reader -> reader.id().equals(id))
        .findAny();
  }
}
