// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.util.concurrent.atomic.AtomicLong;

/** An account with a limit that fails when more is given back than was taken. */
final class LimitedMemory implements MemoryAccount {

  final AtomicLong used = new AtomicLong();
  final AtomicLong questions = new AtomicLong();
  volatile long limit = Long.MAX_VALUE;

  @Override
  public boolean reserve(long bytes) {
    questions.incrementAndGet();
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  @Override
  public void release(long bytes) {
    if (used.addAndGet(-bytes) < 0) {
      throw new AssertionError("gave back [" + bytes + "] bytes, more than were taken");
    }
  }
}
