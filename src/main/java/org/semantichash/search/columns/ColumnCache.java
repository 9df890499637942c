// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FilterCodecReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.semantichash.index.CodeField;

/**
 * Keeps the columns of segments as long as these are open. All readers of a segment share its
 * columns, those with more deletions too; a reader that hides the field gets none, and nor does one
 * whose doc values of the field were updated in place.
 *
 * <p>Columns are built by the first search that asks for them, while others that ask for the same
 * wait. Clusters are found afterwards, by an executor; until then all codes are scanned. Where
 * memory is refused a search goes without, and the next seconds' searches do not ask again. Unused
 * columns give way to others; a search that reads them at that moment goes on.
 */
public final class ColumnCache implements ColumnSource, Closeable {

  private static final long NOT_UPDATED = -1; // the doc values generation of Lucene

  private final Map<IndexReader.CacheKey, CachedColumns.OfSegment> segments =
      new ConcurrentHashMap<>();
  private final ColumnMemory memory;
  private final Executor clustering;
  private final IndexReader.ClosedListener whenClosed = segment -> drop(segment, true);
  private volatile boolean closed;

  /**
   * An empty cache whose memory comes from an account, without a limit of its own. The search that
   * builds columns finds their clusters too.
   */
  public ColumnCache(MemoryAccount account) {
    this(account, () -> Long.MAX_VALUE, Runnable::run);
  }

  /**
   * An empty cache.
   *
   * @param account where its memory comes from
   * @param limit the most bytes that it may hold, asked anew each time
   * @param clustering finds the clusters of new columns, up to half a microsecond a code
   */
  public ColumnCache(MemoryAccount account, LongSupplier limit, Executor clustering) {
    this(account, limit, clustering, System::nanoTime);
  }

  ColumnCache(
      MemoryAccount account, LongSupplier limit, Executor clustering, LongSupplier nanoTime) {
    this.clustering = clustering;
    this.memory =
        new ColumnMemory(Objects.requireNonNull(account, "account"), limit, nanoTime, this::all);
  }

  private Stream<CachedColumns> all() {
    return segments.values().stream().flatMap(segment -> segment.all().stream());
  }

  /** What the cache holds, and what it has done so far. */
  public Statistics statistics() {
    return memory.statistics();
  }

  /**
   * Begins a search: the memory of the columns that it reads counts until it is closed, even when
   * they are given up before. Searches that do not say so find the same.
   */
  public Closeable beginSearch() {
    return memory.begin();
  }

  /** Gives up columns until no more is held than the limit allows now. */
  public void shrink() {
    memory.shrink();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a stored code has another width
   */
  @Override
  public WordColumns columns(LeafReader segment, CodeField field, int bits, QueryTimeout timeout)
      throws IOException {
    LeafReader whole = unwrap(segment);
    if (whole.tryIncRef() == false) {
      return null;
    }
    try {
      // Readers may hide fields and yet have the key of the segment, so they are asked first.
      boolean visible = isUnchanged(segment, field) && field.docValues(segment) != null;
      CachedColumns columns = visible ? cached(whole, field, bits) : null;
      return columns == null ? null : columns.get(whole, timeout);
    } finally {
      whole.decRef();
    }
  }

  @Override
  public WordColumns columnsIfBuilt(LeafReader segment, CodeField field, int bits) {
    IndexReader.CacheHelper helper = segment.getCoreCacheHelper();
    if (helper == null || isUnchanged(segment, field) == false) {
      return null;
    }
    CachedColumns.OfSegment columns = segments.get(helper.getKey());
    CachedColumns cached = columns == null ? null : columns.get(field, bits);
    return cached == null ? null : cached.ifBuilt();
  }

  private static boolean isUnchanged(LeafReader segment, CodeField field) {
    FieldInfo info = segment.getFieldInfos().fieldInfo(field.name());
    return info != null
        && info.getDocValuesType() == DocValuesType.BINARY
        && info.getDocValuesGen() == NOT_UPDATED;
  }

  /** The reader that keeps the segment open, and whose values are those of all readers of it. */
  private static LeafReader unwrap(LeafReader segment) {
    LeafReader whole = FilterLeafReader.unwrap(segment);
    return whole instanceof FilterCodecReader filter ? FilterCodecReader.unwrap(filter) : whole;
  }

  private CachedColumns cached(LeafReader segment, CodeField field, int bits) {
    IndexReader.CacheHelper helper = segment.getCoreCacheHelper();
    if (helper == null) {
      return null;
    }
    CachedColumns.OfSegment columns =
        segments.computeIfAbsent(helper.getKey(), key -> added(helper));
    if (closed) {
      drop(helper.getKey(), false);
      return null;
    }
    return columns.getOrAdd(field, bits, () -> new CachedColumns(field, bits, memory, clustering));
  }

  private CachedColumns.OfSegment added(IndexReader.CacheHelper helper) {
    helper.addClosedListener(whenClosed);
    return new CachedColumns.OfSegment();
  }

  private void drop(IndexReader.CacheKey segment, boolean isClosed) {
    CachedColumns.OfSegment columns = segments.remove(segment);
    if (columns != null) {
      columns.drop(isClosed);
    }
  }

  /** Gives up the columns of a segment; a search that asks for them builds them again. */
  public void drop(LeafReader segment) {
    IndexReader.CacheHelper helper = segment.getCoreCacheHelper();
    if (helper != null) {
      drop(helper.getKey(), false);
    }
  }

  /** Gives up the columns of a segment; a search that asks for them builds them again. */
  public void drop(IndexReader.CacheKey segment) {
    drop(segment, false);
  }

  /** Gives up the columns of all segments; searches that ask for them build them again. */
  public void clear() {
    segments.keySet().forEach(segment -> drop(segment, false));
  }

  /** Gives up all columns; from now on there are none. */
  @Override
  public void close() {
    closed = true;
    clear();
  }

  /**
   * What a cache of columns holds, and what it has done so far.
   *
   * @param bytes the memory that is reserved now, that of columns included which were given up
   *     while a search read them
   * @param columns how many pairs of a segment and a field have columns now
   * @param hits how often a search found columns that were there
   * @param builds how many were built, successfully
   * @param buildNanos how long these builds took together
   * @param refusals how often memory was asked for and refused
   * @param evictions how many gave way to others or to a lower limit
   */
  public record Statistics(
      long bytes,
      long columns,
      long hits,
      long builds,
      long buildNanos,
      long refusals,
      long evictions) {}
}
