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
package org.semantichash.plugin.duplicates.job;

import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.core.Releasable;
import org.semantichash.search.columns.MemoryAccount;

/**
 * The memory of one search, which counts against a circuit breaker until the search ends. Late
 * answers of shards get none.
 */
final class JobMemory implements MemoryAccount, Releasable {

  private static final String LABEL = "[semantic_hash] near duplicates";

  private final CircuitBreaker breaker;
  private long reserved;
  private boolean closed;

  JobMemory(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  @Override
  public boolean reserve(long bytes) {
    try {
      require(bytes);
      return true;
    } catch (CircuitBreakingException e) {
      return false;
    }
  }

  /**
   * Asks for memory.
   *
   * @throws CircuitBreakingException when it is not granted
   */
  synchronized void require(long bytes) {
    if (closed) {
      throw new CircuitBreakingException(
          "the search has ended", CircuitBreaker.Durability.TRANSIENT);
    }
    breaker.addEstimateBytesAndMaybeBreak(bytes, LABEL);
    reserved += bytes;
  }

  /** What a caller is told who asked for too much. */
  CircuitBreakingException refused(RuntimeException cause) {
    CircuitBreakingException e =
        new CircuitBreakingException(
            cause.getMessage(), 0, breaker.getLimit(), CircuitBreaker.Durability.TRANSIENT);
    e.initCause(cause);
    return e;
  }

  @Override
  public synchronized void release(long bytes) {
    if (closed == false) {
      breaker.addWithoutBreaking(-bytes);
      reserved -= bytes;
    }
  }

  /** Gives all back. */
  @Override
  public synchronized void close() {
    if (closed == false) {
      breaker.addWithoutBreaking(-reserved);
      reserved = 0;
      closed = true;
    }
  }
}
