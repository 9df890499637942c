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
