// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import org.semantichash.search.columns.MemoryAccount;

/** Grants everything and remembers the most that was used at once. */
final class JoinMemory implements MemoryAccount {

  private long used;
  private long most;

  @Override
  public synchronized boolean reserve(long bytes) {
    used += bytes;
    most = Math.max(most, used);
    return true;
  }

  @Override
  public synchronized void release(long bytes) {
    used -= bytes;
  }

  /** The most bytes that were used at once. */
  synchronized long most() {
    return most;
  }
}
