/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.models;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What a node did with a model since it started, whether or not the model is loaded now. */
final class ModelCounters {

  private final LongAdder texts = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder failedLoads = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();
  private final AtomicLongArray latencies = new AtomicLongArray(ModelStats.LATENCY_BUCKETS);
  private volatile long lastUse;

  /** Counts a text that was hashed. */
  void hashed(long nanos) {
    texts.increment();
    latencies.incrementAndGet(ModelStats.latencyBucket(nanos));
    lastUse = System.currentTimeMillis();
  }

  /** Counts a text that could not be hashed. */
  void failed() {
    errors.increment();
  }

  /** Counts a text whose document kept the code that it had. */
  void skipped() {
    skipped.increment();
    lastUse = System.currentTimeMillis();
  }

  void loaded(long nanos) {
    loads.increment();
    loadNanos.add(nanos);
  }

  void failedToLoad() {
    failedLoads.increment();
  }

  /** The numbers of now. */
  ModelStats stats(ModelId id, ModelStats.Loaded loaded) {
    long[] buckets = new long[ModelStats.LATENCY_BUCKETS];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = latencies.get(i);
    }
    return new ModelStats(
        id.value(),
        loaded,
        texts.sum(),
        errors.sum(),
        skipped.sum(),
        loads.sum(),
        failedLoads.sum(),
        loadNanos.sum() / 1_000_000,
        lastUse,
        buckets);
  }
}
