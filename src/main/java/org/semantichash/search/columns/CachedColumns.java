// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.util.ThreadInterruptedException;
import org.semantichash.index.CodeField;

/**
 * The columns of one field in one segment, and the memory reserved for them. One thread builds, the
 * others wait for it. Clusters are found later, on another thread; nobody waits for them, and they
 * take only memory that is free.
 */
final class CachedColumns {

  /** How long a refusal holds: what is full stays full for a while, and asking again costs. */
  static final long REFUSAL_NANOS = 5_000_000_000L;

  /** The same for clusters, without which columns are of use too. */
  static final long CLUSTERS_REFUSAL_NANOS = 60_000_000_000L;

  private static final long LOOK_MILLIS = 20; // between two looks of a waiter at its time

  private final CodeField field;
  private final int bits;
  private final ColumnMemory memory;
  private final Executor clustering;

  private final ReentrantLock building = new ReentrantLock();
  private volatile WordColumns columns;
  private final AtomicBoolean clusteringAsked =
      new AtomicBoolean(); // of the columns that there are
  private volatile long lastUse;
  private volatile boolean dropped;
  private volatile boolean nobodyReads; // when dropped: the segment is closed
  private volatile boolean refused;
  private volatile long refusedAt;
  private volatile boolean clustersRefused;
  private volatile long clustersRefusedAt;
  private volatile boolean clustersPay = true; // as far as is known
  private long reserved;

  CachedColumns(CodeField field, int bits, ColumnMemory memory, Executor clustering) {
    this.field = field;
    this.bits = bits;
    this.memory = memory;
    this.clustering = clustering;
    this.lastUse = memory.now();
  }

  /** When somebody asked for the columns last, by the clock of the memory. */
  long lastUse() {
    return lastUse;
  }

  /** Whether there are columns that could be given up. */
  boolean isBuilt() {
    return columns != null;
  }

  /** The columns when they are built, else null. */
  WordColumns ifBuilt() {
    lastUse = memory.now(); // before they are read: see giveUp
    WordColumns built = columns;
    if (built != null) {
      memory.hit();
      askForClusters();
    }
    return built;
  }

  /**
   * The columns, built now if need be.
   *
   * @param segment stays open until this returns
   * @param timeout ends the build, or the wait for another's, and may throw to do so
   * @return null when they were dropped, memory is refused, or there is no time left
   */
  WordColumns get(LeafReader segment, QueryTimeout timeout) throws IOException {
    WordColumns built = ifBuilt();
    if (built != null || isRefused() || lock(timeout) == false) {
      return built;
    }
    try {
      if (columns == null && dropped == false && isRefused() == false) {
        build(segment, timeout);
      }
      built = columns;
    } finally {
      unlock();
    }
    if (built != null) {
      askForClusters();
    }
    return built;
  }

  private boolean lock(QueryTimeout timeout) {
    try {
      while (building.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS) == false) {
        if (timeout.shouldExit()) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ThreadInterruptedException(e);
    }
  }

  /** Does what others wanted meanwhile, who do not wait for a build. */
  private void unlock() {
    building.unlock();
    if (dropped) {
      giveUpDropped();
    }
    memory.shrink();
  }

  private boolean isRefused() {
    return refused && memory.now() - refusedAt < REFUSAL_NANOS;
  }

  private void build(LeafReader segment, QueryTimeout timeout) throws IOException {
    long start = memory.now();
    int codes = WordColumns.Builder.count(segment, field);
    boolean dense = codes == segment.maxDoc() && field.form().holdsOnlyCodes();
    long bytes = WordColumns.Builder.bytes(bits, codes, dense);
    refused = memory.reserve(bytes) == false;
    if (refused) {
      refusedAt = memory.now();
      return;
    }
    reserved = bytes;
    WordColumns built = null;
    try {
      built =
          WordColumns.Builder.build(
              segment, field, bits, codes, () -> dropped || timeout.shouldExit());
    } finally {
      giveBackSurplus(built);
    }
    if (built != null) {
      clusteringAsked.set(clustersPay == false || built.size() < ClusterBuilder.FEWEST_CODES);
      columns = built;
      memory.built(memory.now() - start);
    }
  }

  private void askForClusters() {
    boolean refusedNow =
        clustersRefused && memory.now() - clustersRefusedAt < CLUSTERS_REFUSAL_NANOS;
    if (clusteringAsked.get()
        || refusedNow
        || clusteringAsked.compareAndSet(false, true) == false) {
      return;
    }
    try {
      clustering.execute(this::findClusters);
    } catch (RejectedExecutionException e) {
      clusteringAsked.set(false); // the node is closing, or the next search asks again
    }
  }

  private void findClusters() {
    building.lock();
    try {
      if (columns != null && columns.clusters() == null && dropped == false) {
        findClusters(columns);
      }
    } finally {
      unlock();
    }
  }

  /** Where there is no free memory, the columns go without for a while. */
  private void findClusters(WordColumns built) {
    long start = memory.now();
    long bytes = ClusterBuilder.bytes(built);
    clustersRefused = memory.reserveFree(bytes) == false;
    if (clustersRefused) {
      clustersRefusedAt = memory.now();
      clusteringAsked.set(false);
      return;
    }
    reserved += bytes;
    try {
      boolean complete = built.findClusters(() -> dropped || memory.isOverLimit());
      clustersPay = complete == false || built.clusters() != null;
    } finally {
      giveBackSurplus(built);
      memory.spent(memory.now() - start);
    }
  }

  /** All of it when nothing was built. */
  private void giveBackSurplus(WordColumns built) {
    long used = built == null ? 0 : Math.min(reserved, built.ramBytesUsed());
    memory.release(reserved - used);
    reserved = used;
  }

  /** Gives up the columns, for good; a build that is under way ends soon and leaves none. */
  void drop(boolean segmentIsClosed) {
    nobodyReads = segmentIsClosed;
    dropped = true;
    giveUpDropped();
  }

  /**
   * Either this gives them up, or who builds now will: it looks after it has let go of the lock.
   */
  private void giveUpDropped() {
    if (building.tryLock()) {
      try {
        giveUp(nobodyReads);
      } finally {
        building.unlock();
      }
    }
  }

  /**
   * Gives up the columns to make room; they can be built again. Does nothing while somebody builds.
   */
  boolean evict() {
    if (building.isHeldByCurrentThread() || building.tryLock() == false) {
      return false;
    }
    try {
      return giveUp(false);
    } finally {
      building.unlock();
    }
  }

  /**
   * Who reads the columns now keeps them, and so their memory counts until that search ends. Either
   * this sees the new time of use, or the user sees that there are no columns any more.
   */
  private boolean giveUp(boolean nobodyReads) {
    if (columns == null) {
      return false;
    }
    columns = null;
    long bytes = reserved;
    reserved = 0;
    memory.dropped(bytes, lastUse, nobodyReads);
    return true;
  }

  /** The columns of all fields of one segment, until it closes. */
  static final class OfSegment {

    /** Whether the field has chunk terms makes no difference to its columns. */
    private record Key(String field, CodeField.StoredForm form, int bits) {

      static Key of(CodeField field, int bits) {
        return new Key(field.name(), field.form(), bits);
      }
    }

    private final Map<Key, CachedColumns> fields = new HashMap<>();
    private boolean dropped;

    /** The columns of a field; null when there are none. */
    synchronized CachedColumns get(CodeField field, int bits) {
      return fields.get(Key.of(field, bits));
    }

    /** The columns of a field, added if need be; null when the segment is closed. */
    synchronized CachedColumns getOrAdd(CodeField field, int bits, Supplier<CachedColumns> added) {
      return dropped ? null : fields.computeIfAbsent(Key.of(field, bits), key -> added.get());
    }

    /** All of them. */
    synchronized List<CachedColumns> all() {
      return List.copyOf(fields.values());
    }

    /** Gives up all columns, for good. */
    void drop(boolean segmentIsClosed) {
      List<CachedColumns> columns;
      synchronized (this) {
        dropped = true;
        columns = all();
        fields.clear();
      }
      columns.forEach(each -> each.drop(segmentIsClosed));
    }
  }
}
