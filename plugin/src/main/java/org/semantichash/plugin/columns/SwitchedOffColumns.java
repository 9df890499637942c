// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.columns;

import java.util.concurrent.Executor;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.AlreadyClosedException;
import org.elasticsearch.index.Index;
import org.elasticsearch.index.IndexService;
import org.elasticsearch.index.engine.Engine;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.indices.IndicesService;

/**
 * Gives the memory of an index back when its columns are switched off. A search that began before
 * may still build some, which stay as long as their segment.
 *
 * @param columns the columns of the node
 * @param indices the indices of the node
 * @param executor where to do it: settings change on a thread that must not wait
 */
public record SwitchedOffColumns(NodeColumns columns, IndicesService indices, Executor executor) {

  /** Does it, some time later. */
  public void drop(Index index) {
    executor.execute(() -> dropNow(index));
  }

  private void dropNow(Index index) {
    IndexService service = indices.indexService(index);
    if (service != null) {
      for (IndexShard shard : service) {
        shard.tryWithEngineOrNull(this::drop);
      }
    }
  }

  /** The engine's own searcher, as nobody's rights are asked here. */
  private Void drop(Engine engine) {
    if (engine != null) {
      try (Engine.Searcher searcher = engine.acquireSearcher("semantic_hash")) {
        for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
          columns.drop(segment.reader());
        }
      } catch (AlreadyClosedException e) {
        return null; // and with the engine its segments close
      }
    }
    return null;
  }
}
