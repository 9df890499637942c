// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.columns;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.index.shard.SearchOperationListener;
import org.elasticsearch.indices.fielddata.cache.IndicesFieldDataCache;
import org.elasticsearch.search.internal.SearchContext;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnCache;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.MemoryAccount;
import org.semantichash.search.columns.WordColumns;

/**
 * The columns of all indices of a node. The node asks for field types and queries before it says
 * where memory comes from; until then there are no columns.
 *
 * <p>A search is told to the cache when one of its phases begins, and ends with its context.
 */
public final class NodeColumns implements ColumnSource, SearchOperationListener, Closeable {

  /**
   * The memory that columns may take together, as bytes or as a share of the heap. It must leave
   * room below the limit of the circuit breaker [fielddata], which counts them too, for the field
   * data of others. 0 builds no columns, -1 sets no limit.
   */
  public static final Setting<ByteSizeValue> MAX_MEMORY =
      Setting.memorySizeSetting(
          "semantic_hash.columns.max_memory",
          "30%",
          Setting.Property.NodeScope,
          Setting.Property.Dynamic);

  private static final ColumnCache.Statistics NOTHING =
      new ColumnCache.Statistics(0, 0, 0, 0, 0, 0, 0);

  private volatile long maxBytes;
  private volatile ColumnCache cache;
  private volatile ClearedFieldData cleared;

  /**
   * Opens the cache, once.
   *
   * @param fieldData the field data of the node, with which columns are cleared
   * @param executor where to give up columns: settings change on a thread that must not wait
   */
  public void open(
      MemoryAccount memory,
      ClusterSettings settings,
      IndicesFieldDataCache fieldData,
      Executor executor) {
    settings.initializeAndWatch(MAX_MEMORY, limit -> limit(limit, executor));
    ColumnCache opened = new ColumnCache(memory, () -> maxBytes);
    cleared = new ClearedFieldData(fieldData, opened::drop);
    cache = opened;
  }

  /** Columns that are too many now are given up some time later. */
  private void limit(ByteSizeValue limit, Executor executor) {
    maxBytes = limit.getBytes() < 0 ? Long.MAX_VALUE : limit.getBytes();
    ColumnCache opened = cache;
    if (opened != null) {
      executor.execute(opened::shrink);
    }
  }

  /** What the node holds. */
  public ColumnCache.Statistics statistics() {
    ColumnCache opened = cache;
    return opened == null ? NOTHING : opened.statistics();
  }

  @Override
  public WordColumns columns(LeafReader segment, CodeField field, int bits, QueryTimeout timeout)
      throws IOException {
    ColumnCache opened = cache;
    if (opened == null) {
      return null;
    }
    WordColumns columns = opened.columns(segment, field, bits, timeout);
    if (columns != null) {
      cleared.watch(segment, field.name());
    }
    return columns;
  }

  @Override
  public WordColumns columnsIfBuilt(LeafReader segment, CodeField field, int bits) {
    ColumnCache opened = cache;
    return opened == null ? null : opened.columnsIfBuilt(segment, field, bits);
  }

  @Override
  public void onPreDfsPhase(SearchContext context) {
    begin(context);
  }

  @Override
  public void onPreQueryPhase(SearchContext context) {
    begin(context);
  }

  @Override
  public void onPreFetchPhase(SearchContext context) {
    begin(context);
  }

  private void begin(SearchContext context) {
    ColumnCache opened = cache;
    if (opened != null) {
      context.addReleasable(ended(opened.beginSearch()));
    }
  }

  private static Releasable ended(Closeable search) {
    return () -> {
      try {
        search.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Gives up the columns of a segment. */
  void drop(LeafReader segment) {
    ColumnCache opened = cache;
    if (opened != null) {
      opened.drop(segment);
    }
  }

  /** Gives up all columns; searches that need them build them again. */
  public void clear() {
    ColumnCache opened = cache;
    if (opened != null) {
      opened.clear();
    }
  }

  /** The settings of a node. */
  public static List<Setting<?>> settings() {
    return List.of(MAX_MEMORY);
  }

  @Override
  public void close() {
    ColumnCache opened = cache;
    if (opened != null) {
      opened.close();
    }
  }
}
