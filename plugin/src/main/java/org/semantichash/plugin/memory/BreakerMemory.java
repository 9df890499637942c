// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.memory;

import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.core.Releasable;
import org.semantichash.duplicates.JoinResources;
import org.semantichash.search.columns.MemoryAccount;

/**
 * The memory of one piece of work, which counts against a circuit breaker until the work ends. Who
 * comes later, such as the late answer of a shard, gets none. Safe for use by many threads.
 */
public final class BreakerMemory implements MemoryAccount, Releasable {

  private final CircuitBreaker breaker;
  private final String label;
  private long reserved;
  private boolean closed;
  private CircuitBreakingException refusal;

  /**
   * Nothing yet.
   *
   * @param label what the work is called in the breaker's message
   */
  public BreakerMemory(CircuitBreaker breaker, String label) {
    this.breaker = breaker;
    this.label = label;
  }

  @Override
  public synchronized boolean reserve(long bytes) {
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
   * @throws CircuitBreakingException with status 429 when it is not granted
   */
  public synchronized void require(long bytes) {
    if (closed) {
      throw new CircuitBreakingException(
          label + ": the work has ended", CircuitBreaker.Durability.TRANSIENT);
    }
    breaker.addEstimateBytesAndMaybeBreak(bytes, label);
    reserved += bytes;
  }

  /**
   * What a caller is told whose work was given up for want of memory: what to do about it, and what
   * the breaker said, where it was asked at all. More than an array holds is refused without it.
   */
  public synchronized CircuitBreakingException refused(JoinResources.MemoryRefusedException e) {
    CircuitBreakingException refused =
        refusal == null
            ? new CircuitBreakingException(
                label + ": " + e.getMessage(), CircuitBreaker.Durability.PERMANENT)
            : new CircuitBreakingException(
                e.getMessage(),
                refusal.getBytesWanted(),
                refusal.getByteLimit(),
                refusal.getDurability());
    if (refusal != null) {
      refused.initCause(refusal);
    }
    refused.addSuppressed(e);
    return refused;
  }

  /** The same, in the words of the breaker alone, which is what a search answers with. */
  public synchronized CircuitBreakingException refusedByBreaker(
      JoinResources.MemoryRefusedException e) {
    if (refusal == null) {
      return refused(e);
    }
    refusal.addSuppressed(e);
    return refusal;
  }

  @Override
  public synchronized void release(long bytes) {
    assert bytes <= reserved || closed : "[" + bytes + "] bytes of [" + reserved + "] reserved";
    if (closed == false) {
      breaker.addWithoutBreaking(-bytes);
      reserved -= bytes;
    }
  }

  /** Gives all back; a second call does nothing. */
  @Override
  public synchronized void close() {
    release(reserved);
    closed = true;
  }
}
