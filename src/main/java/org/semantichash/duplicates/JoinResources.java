// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.concurrent.Executor;
import org.semantichash.search.columns.MemoryAccount;

/**
 * What a computation may use.
 *
 * @param memory is asked before every array that grows with the codes or the pairs
 * @param executor runs the threads beside the calling one; it may run them late, or not at all
 * @param threads that work at once, the calling one included, 1 or more
 * @param monitor is told the progress and can cancel
 */
public record JoinResources(
    MemoryAccount memory, Executor executor, int threads, JoinMonitor monitor) {

  /** Checks the number of threads. */
  public JoinResources {
    if (threads < 1) {
      throw new IllegalArgumentException("[threads] must be at least [1], got [" + threads + "]");
    }
  }

  /** The calling thread alone, all the memory, never cancelled. */
  public static JoinResources unlimited() {
    return new JoinResources(MemoryAccount.UNLIMITED, Runnable::run, 1, JoinMonitor.NONE);
  }
}
