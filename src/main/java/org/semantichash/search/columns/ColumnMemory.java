// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.io.Closeable;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The memory of a cache: an account, and a limit of the cache's own. Where either is reached, the
 * columns that were used least recently give way, but for those that were used a moment ago: where
 * more is searched all the time than there is memory for, some segments have columns and the others
 * are read from the doc values, which is faster than building columns over and over.
 */
final class ColumnMemory {

  /** Columns that nobody has asked for in this time may give way. */
  static final long IDLE_NANOS = 10_000_000_000L;

  /** A search that may hold columns which it has asked for since it began. */
  private record Search(long began, Object identity) {}

  /** Memory of columns that were given up while a search may still have read them. */
  private record EvictedColumns(long bytes, long lastUse) {}

  private final MemoryAccount account;
  private final LongSupplier limit;
  private final LongSupplier nanoTime;
  private final Supplier<Stream<CachedColumns>> all;

  private final Set<Search> searches = ConcurrentHashMap.newKeySet();
  private final Queue<EvictedColumns> leaving = new ConcurrentLinkedQueue<>();

  private final LongAdder bytes = new LongAdder();
  private final LongAdder columns = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder builds = new LongAdder();
  private final LongAdder buildNanos = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  /**
   * No columns yet.
   *
   * @param limit the most bytes, which may change at any time
   * @param all the columns that there are
   */
  ColumnMemory(
      MemoryAccount account,
      LongSupplier limit,
      LongSupplier nanoTime,
      Supplier<Stream<CachedColumns>> all) {
    this.account = account;
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.all = all;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** A search that begins now; what it may read counts until it is closed. */
  Closeable begin() {
    Search search = new Search(now(), new Object());
    searches.add(search);
    return () -> {
      searches.remove(search);
      releaseUnread();
    };
  }

  /** Asks for memory, which others may have to give up for it. */
  synchronized boolean reserve(long wanted) {
    boolean granted = tryReserve(wanted);
    long before = bytes.sum();
    // Where others fill the account, no more is given up than is asked for.
    while (granted == false
        && wanted <= limit.getAsLong()
        && before - bytes.sum() < wanted
        && evictOldest(IDLE_NANOS)) {
      granted = tryReserve(wanted);
    }
    if (granted == false) {
      refusals.increment();
    }
    return granted;
  }

  /** Asks for memory that is free: nobody gives up any for it, and a refusal is not counted. */
  synchronized boolean reserveFree(long wanted) {
    return tryReserve(wanted);
  }

  private boolean tryReserve(long wanted) {
    boolean granted = bytes.sum() + wanted <= limit.getAsLong() && account.reserve(wanted);
    if (granted) {
      bytes.add(wanted);
    }
    return granted;
  }

  /** Whether more is held than the limit allows now. */
  boolean isOverLimit() {
    return bytes.sum() > limit.getAsLong();
  }

  /**
   * Makes the cache keep to its limit after that was lowered, also at the cost of columns in use.
   */
  void shrink() {
    if (isOverLimit()) {
      evictToLimit();
    }
  }

  private synchronized void evictToLimit() {
    while (isOverLimit() && evictOldest(0)) {
      // the next one
    }
  }

  /** Columns that somebody is building again cannot give way now; then the next oldest do. */
  private boolean evictOldest(long idle) {
    long now = now();
    boolean evicted =
        all.get()
            .filter(CachedColumns::isBuilt)
            .filter(candidate -> now - candidate.lastUse() >= idle)
            .filter(candidate -> idle == 0 || isRead(candidate.lastUse()) == false)
            .sorted(Comparator.comparingLong(candidate -> candidate.lastUse() - now))
            .anyMatch(CachedColumns::evict);
    if (evicted) {
      evictions.increment();
    }
    return evicted;
  }

  private boolean isRead(long lastUse) {
    return searches.stream().anyMatch(search -> search.began() - lastUse <= 0);
  }

  /** Gives memory of no columns back. */
  void release(long returned) {
    assert returned >= 0 : returned;
    if (returned > 0) {
      bytes.add(-returned);
      account.release(returned);
    }
  }

  /**
   * Columns were given up.
   *
   * @param nobodyReads whether that is known; otherwise their memory counts until all searches that
   *     may have them have ended
   */
  void dropped(long returned, long lastUse, boolean nobodyReads) {
    columns.decrement();
    if (nobodyReads) {
      release(returned);
      return;
    }
    leaving.add(new EvictedColumns(returned, lastUse));
    releaseUnread();
  }

  private void releaseUnread() {
    for (EvictedColumns left : List.copyOf(leaving)) {
      // Two may want to: only one of them removes it.
      if (isRead(left.lastUse()) == false && leaving.remove(left)) {
        release(left.bytes());
      }
    }
  }

  void hit() {
    hits.increment();
  }

  void built(long nanos) {
    columns.increment();
    builds.increment();
    spent(nanos);
  }

  /** Clusters were looked for. */
  void spent(long nanos) {
    buildNanos.add(nanos);
  }

  ColumnCache.Statistics statistics() {
    return new ColumnCache.Statistics(
        Math.max(0, bytes.sum()), // adders are added up while others count
        Math.max(0, columns.sum()),
        hits.sum(),
        builds.sum(),
        buildNanos.sum(),
        refusals.sum(),
        evictions.sum());
  }
}
