// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;

/** A breaker that counts, and trips above a limit. */
public final class CountingBreaker extends NoopCircuitBreaker {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  public CountingBreaker(long limit) {
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
