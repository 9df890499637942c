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
package org.semantichash.plugin.aggregation;

import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.core.Releasable;
import org.semantichash.search.columns.MemoryAccount;

/** The memory of one reduction, which counts against a circuit breaker. For one thread. */
final class BreakerMemory implements MemoryAccount, Releasable {

  private static final String LABEL = "[semantic_hash] near duplicates";

  private final CircuitBreaker breaker;
  private long reserved;
  private CircuitBreakingException refusal;

  BreakerMemory(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  @Override
  public boolean reserve(long bytes) {
    try {
      require(bytes);
      return true;
    } catch (CircuitBreakingException e) {
      refusal = e;
      return false;
    }
  }

  /**
   * Asks for memory.
   *
   * @throws CircuitBreakingException when it is not granted
   */
  void require(long bytes) {
    breaker.addEstimateBytesAndMaybeBreak(bytes, LABEL);
    reserved += bytes;
  }

  /** What the breaker said when it last refused. */
  CircuitBreakingException refusal() {
    return refusal;
  }

  @Override
  public void release(long bytes) {
    breaker.addWithoutBreaking(-bytes);
    reserved -= bytes;
  }

  /** Gives all back. */
  @Override
  public void close() {
    release(reserved);
  }
}
