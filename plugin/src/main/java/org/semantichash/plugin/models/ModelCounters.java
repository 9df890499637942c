// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.models.ModelStats.ModelCount;

/** What a node did with a model since it started, whether or not the model is loaded now. */
final class ModelCounters {

  private final Map<ModelCount, LongAdder> counts = new EnumMap<>(ModelCount.class);
  private final LongAdder loadNanos = new LongAdder();
  private final AtomicLongArray latencies = new AtomicLongArray(ModelStats.LATENCY_BUCKETS);
  private volatile long lastUse;

  ModelCounters() {
    for (ModelCount count : ModelCount.values()) {
      counts.put(count, new LongAdder());
    }
  }

  /** Counts one more. */
  void count(ModelCount what) {
    counts.get(what).increment();
  }

  /** Counts a text that was hashed. */
  void hashed(long nanos) {
    count(ModelCount.TEXTS);
    latencies.incrementAndGet(ModelStats.latencyBucket(nanos));
    lastUse = System.currentTimeMillis();
  }

  /** Counts a text whose document kept the code that it had. */
  void skipped() {
    count(ModelCount.SKIPPED);
    lastUse = System.currentTimeMillis();
  }

  /** Counts a load. */
  void loaded(long nanos) {
    count(ModelCount.LOADS);
    loadNanos.add(nanos);
  }

  /** The numbers of now. */
  ModelStats stats(ModelId id, ModelStats.Loaded loaded) {
    Map<ModelCount, Long> sums = new EnumMap<>(ModelCount.class);
    counts.forEach((what, count) -> sums.put(what, count.sum()));
    long[] buckets = new long[ModelStats.LATENCY_BUCKETS];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = latencies.get(i);
    }
    return new ModelStats(id.value(), loaded, sums, loadNanos.sum() / 1_000_000, lastUse, buckets);
  }

  /** What a node counts of each model that it found once, or waited for in vain. */
  static final class NodeCounters {

    private final ConcurrentMap<ModelId, ModelCounters> counters = new ConcurrentHashMap<>();

    /** The counters of a model, which from now on is in the statistics. */
    ModelCounters of(ModelId id) {
      return counters.computeIfAbsent(id, i -> new ModelCounters());
    }

    /** Counts one more, if the model was found once: names of no model must not fill the memory. */
    void countIfKnown(ModelId id, ModelCount what) {
      ModelCounters known = counters.get(id);
      if (known != null) {
        known.count(what);
      }
    }

    /** Counts a load that failed once the model had been found. */
    void failedToLoad(ModelId id, Exception e) {
      of(id).count(ModelCount.FAILED_LOADS);
      if (ExceptionsHelper.status(e) == RestStatus.TOO_MANY_REQUESTS) {
        of(id).count(ModelCount.REJECTED);
      }
    }

    /** All of them, by name. */
    Map<ModelId, ModelCounters> byName() {
      Map<ModelId, ModelCounters> sorted = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
      sorted.putAll(counters);
      return sorted;
    }
  }
}
