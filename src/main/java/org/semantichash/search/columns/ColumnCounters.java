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
package org.semantichash.search.columns;

import java.util.concurrent.atomic.LongAdder;

/** The memory account of a cache, with what goes through it counted. */
final class ColumnCounters {

  private final MemoryAccount memory;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder columns = new LongAdder();
  private final LongAdder builds = new LongAdder();
  private final LongAdder buildNanos = new LongAdder();
  private final LongAdder refusals = new LongAdder();

  ColumnCounters(MemoryAccount memory) {
    this.memory = memory;
  }

  boolean reserve(long wanted) {
    if (memory.reserve(wanted)) {
      bytes.add(wanted);
      return true;
    }
    refusals.increment();
    return false;
  }

  void release(long returned) {
    if (returned > 0) {
      bytes.add(-returned);
      memory.release(returned);
    }
  }

  void built(long nanos) {
    columns.increment();
    builds.increment();
    buildNanos.add(nanos);
  }

  void dropped() {
    columns.decrement();
  }

  ColumnStatistics statistics() {
    return new ColumnStatistics(
        bytes.sum(), columns.sum(), builds.sum(), buildNanos.sum(), refusals.sum());
  }
}
