// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.memory;

import static org.elasticsearch.core.Strings.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.store.AlreadyClosedException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.common.util.concurrent.ThrottledTaskRunner;
import org.elasticsearch.core.Releasable;
import org.elasticsearch.index.Index;
import org.elasticsearch.index.IndexService;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.engine.Engine;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.index.shard.SearchOperationListener;
import org.elasticsearch.indices.IndicesService;
import org.elasticsearch.indices.fielddata.cache.IndicesFieldDataCache;
import org.elasticsearch.search.internal.SearchContext;
import org.semantichash.index.CodeField;
import org.semantichash.plugin.server.ShardSearches;
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

  private static final Logger logger = LogManager.getLogger(NodeColumns.class);

  private volatile long maxBytes;
  private volatile ColumnCache cache;
  private volatile FieldDataWatch cleared;

  /**
   * Opens the cache, once.
   *
   * @param fieldData the field data of the node, with which columns are cleared
   * @param executor where to find clusters, of one segment at a time, and to give up columns:
   *     settings change on a thread that must not wait
   */
  public void open(
      MemoryAccount memory,
      ClusterSettings settings,
      IndicesFieldDataCache fieldData,
      Executor executor) {
    settings.initializeAndWatch(MAX_MEMORY, limit -> limit(limit, executor));
    ColumnCache opened = new ColumnCache(memory, () -> maxBytes, oneByOne(executor));
    cleared = new FieldDataWatch(fieldData, opened::drop);
    cache = opened;
  }

  /** Searches have the other cores. */
  private static Executor oneByOne(Executor executor) {
    ThrottledTaskRunner tasks = new ThrottledTaskRunner("semantic_hash_clusters", 1, executor);
    return task ->
        tasks.enqueueTask(
            ActionListener.wrap(
                turn -> {
                  try (turn) {
                    task.run();
                  }
                },
                NodeColumns::logUnlessClosing));
  }

  private static void logUnlessClosing(Exception failure) {
    if (failure instanceof EsRejectedExecutionException == false) {
      logger.warn("finding clusters failed; all codes of the segment are scanned", failure);
    }
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

  @SuppressWarnings("MissingOverride") // 8.19 says nothing of this phase
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

  /**
   * Memory that counts against the circuit breaker {@code fielddata}, and so against its parent. A
   * refusal is counted by the breaker and by the cache, and not logged.
   *
   * @param breaker the breaker
   */
  public record FielddataMemory(CircuitBreaker breaker) implements MemoryAccount {

    @Override
    public boolean reserve(long bytes) {
      try {
        breaker.addEstimateBytesAndMaybeBreak(bytes, "[semantic_hash] columns");
        return true;
      } catch (CircuitBreakingException e) {
        return false;
      }
    }

    @Override
    public void release(long bytes) {
      breaker.addWithoutBreaking(-bytes);
    }
  }

  /**
   * Gives the memory of an index back when its columns are switched off. A search that began before
   * may still build some, which stay as long as their segment.
   *
   * @param columns the columns of the node
   * @param indices the indices of the node
   * @param executor where to do it: settings change on a thread that must not wait
   */
  public record ColumnsSwitch(NodeColumns columns, IndicesService indices, Executor executor) {

    public void drop(Index index) {
      executor.execute(() -> dropNow(index));
    }

    private void dropNow(Index index) {
      IndexService service = indices.indexService(index);
      if (service != null) {
        for (IndexShard shard : service) {
          ShardSearches.withEngine(shard, this::drop);
        }
      }
    }

    /** The engine's own searcher: no user's rights apply here. */
    private void drop(Engine engine) {
      try (Engine.Searcher searcher = engine.acquireSearcher("semantic_hash")) {
        for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
          columns.drop(segment.reader());
        }
      } catch (AlreadyClosedException e) {
        return; // and with the engine its segments close
      }
    }
  }

  /** When the codes of an index are loaded into memory. */
  public enum ColumnsMode {

    /** With the first search that scans a segment. */
    LAZY,

    /** Before a refresh makes a segment visible. */
    EAGER,

    /** Never: every search reads the doc values. */
    OFF;

    /** The setting of an index. */
    public static final Setting<ColumnsMode> SETTING =
        new Setting<>(
            "index.semantic_hash.columns",
            LAZY.toString(),
            ColumnsMode::parse,
            Setting.Property.Dynamic,
            Setting.Property.IndexScope);

    /** What an index has set now. */
    public static ColumnsMode of(IndexSettings index) {
      return SETTING.get(index.getSettings());
    }

    private static ColumnsMode parse(String text) {
      return Arrays.stream(values())
          .filter(mode -> mode.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      format(
                          "[index.semantic_hash.columns] must be one of %s, got [%s]",
                          Arrays.toString(values()), text)));
    }

    /** Its name in the setting. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
