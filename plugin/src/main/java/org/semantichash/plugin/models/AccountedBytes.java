// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.concurrent.atomic.AtomicLong;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.core.Releasable;

/** The memory of one model that a circuit breaker knows of. */
final class AccountedBytes implements Releasable {

  private final CircuitBreaker breaker;
  private final String what;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Accounts memory before it is used.
   *
   * @param bytes how much
   * @param what the name of it, for the message
   * @throws CircuitBreakingException with status 429 when there is not so much left
   */
  AccountedBytes(CircuitBreaker breaker, long bytes, String what) {
    this.breaker = breaker;
    this.what = what;
    resizeTo(bytes);
  }

  /**
   * Accounts more, or gives back some.
   *
   * @throws CircuitBreakingException with status 429, and as much as before is accounted, when
   *     there is not so much left
   */
  void resizeTo(long size) {
    long more = size - bytes.get();
    if (more > 0) {
      breaker.addEstimateBytesAndMaybeBreak(more, what);
      bytes.addAndGet(more);
    } else {
      breaker.addWithoutBreaking(size - bytes.getAndSet(size));
    }
  }

  long bytes() {
    return bytes.get();
  }

  /** Gives back all; a second call does nothing. */
  @Override
  public void close() {
    resizeTo(0);
  }
}
