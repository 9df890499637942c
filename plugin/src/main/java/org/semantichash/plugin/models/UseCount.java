// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the running calls of something that is to be released once: when it is closed and the last
 * call has ended. As long as some run, a plain count would let others in for ever.
 */
final class UseCount {

  private static final int CLOSED = Integer.MIN_VALUE;

  /** The number of running calls and, once it is closed, the highest bit. */
  private final AtomicInteger state = new AtomicInteger();

  private final Runnable release;

  /** Open, without calls. */
  UseCount(Runnable release) {
    this.release = release;
  }

  /** Begins a call, which is to be ended; false when it is closed. */
  boolean begin() {
    return state.getAndUpdate(s -> s < 0 ? s : s + 1) >= 0;
  }

  /** Ends a call. */
  void end() {
    int left = state.decrementAndGet();
    assert left != -1 && left != Integer.MAX_VALUE : "ended without a beginning";
    if (left == CLOSED) {
      release.run();
    }
  }

  /** Lets the running calls end and no other begin; a second time does nothing. */
  void close() {
    if (state.getAndUpdate(s -> s | CLOSED) == 0) {
      release.run();
    }
  }

  /** Closes it if no call runs; false if one does or it is closed already. */
  boolean closeIfIdle() {
    boolean idle = state.compareAndSet(0, CLOSED);
    if (idle) {
      release.run();
    }
    return idle;
  }

  boolean isClosed() {
    return state.get() < 0;
  }
}
