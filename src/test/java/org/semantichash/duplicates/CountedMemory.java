// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import org.semantichash.search.columns.MemoryAccount;

/** An account that grants up to a limit. */
final class CountedMemory implements MemoryAccount {

  private final long limit;
  private long used;
  private long most;

  CountedMemory(long limit) {
    this.limit = limit;
  }

  @Override
  public synchronized boolean reserve(long bytes) {
    if (bytes < 0 || used + bytes > limit) {
      return false;
    }
    used += bytes;
    most = Math.max(most, used);
    return true;
  }

  @Override
  public synchronized void release(long bytes) {
    used -= bytes;
    if (bytes < 0 || used < 0) {
      throw new IllegalStateException("[" + bytes + "] released, [" + used + "] left");
    }
  }

  synchronized long used() {
    return used;
  }

  synchronized long most() {
    return most;
  }
}
