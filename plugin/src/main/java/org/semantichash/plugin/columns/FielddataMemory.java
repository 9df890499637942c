// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.columns;

import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.semantichash.search.columns.MemoryAccount;

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
