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

import java.io.IOException;
import java.util.function.LongSupplier;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.semantichash.index.CodeField;

/**
 * The columns of one field in one segment, and the memory reserved for them. One thread builds, the
 * others wait for it.
 */
final class CachedColumns {

  /** How long a refusal holds: what is full stays full for a while, and asking again costs. */
  static final long REFUSAL_NANOS = 5_000_000_000L;

  private final CodeField field;
  private final int bits;
  private final ColumnCounters counters;
  private final LongSupplier nanoTime;

  private volatile WordColumns columns;
  private long reserved;
  private boolean refused;
  private long refusedAt;
  private boolean dropped;

  CachedColumns(CodeField field, int bits, ColumnCounters counters, LongSupplier nanoTime) {
    this.field = field;
    this.bits = bits;
    this.counters = counters;
    this.nanoTime = nanoTime;
  }

  /** The columns when they are built, else null. */
  WordColumns ifBuilt() {
    return columns;
  }

  /**
   * The columns, built now if need be.
   *
   * @param segment stays open until this returns
   * @return null when they were dropped, or memory is refused
   */
  WordColumns get(LeafReader segment) throws IOException {
    WordColumns built = columns;
    return built == null ? buildOnce(segment) : built;
  }

  private synchronized WordColumns buildOnce(LeafReader segment) throws IOException {
    if (columns != null || dropped || isRefused()) {
      return columns;
    }
    long bytes = bound(segment);
    refused = counters.reserve(bytes) == false;
    if (refused) {
      refusedAt = nanoTime.getAsLong();
      return null;
    }
    reserved = bytes;
    try {
      build(segment);
    } finally {
      giveBackSurplus();
    }
    return columns;
  }

  private boolean isRefused() {
    return refused && nanoTime.getAsLong() - refusedAt < REFUSAL_NANOS;
  }

  private long bound(LeafReader segment) throws IOException {
    BinaryDocValues values = field.docValues(segment);
    int codes = Math.toIntExact(values.cost());
    boolean dense = codes == segment.maxDoc() && field.form().holdsOnlyCodes();
    return ColumnBuilder.bytes(bits, codes, dense);
  }

  private void build(LeafReader segment) throws IOException {
    long start = nanoTime.getAsLong();
    columns = ColumnBuilder.build(segment, field, bits);
    counters.built(nanoTime.getAsLong() - start);
  }

  /** All of it when nothing was built. */
  private void giveBackSurplus() {
    long used = columns == null ? 0 : Math.min(reserved, columns.ramBytesUsed());
    counters.release(reserved - used);
    reserved = used;
  }

  /** Gives up the columns, for good; a build that is under way ends first. */
  synchronized void drop() {
    dropped = true;
    if (columns != null) {
      columns = null;
      counters.dropped();
    }
    giveBackSurplus();
  }
}
