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

import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;

/** A breaker that counts, and trips above a limit. */
final class CountingBreaker extends NoopCircuitBreaker {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  CountingBreaker(long limit) {
    super("semantic_hash");
    this.limit = limit;
  }

  @Override
  public void addEstimateBytesAndMaybeBreak(long bytes, String label) {
    if (used.addAndGet(bytes) > limit) {
      long wanted = used.getAndAdd(-bytes);
      throw new CircuitBreakingException(label, wanted, limit, Durability.PERMANENT);
    }
  }

  @Override
  public void addWithoutBreaking(long bytes) {
    used.addAndGet(bytes);
  }

  @Override
  public long getUsed() {
    return used.get();
  }
}
