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
public record JoinResources(MemoryAccount memory, Executor executor, int threads, Monitor monitor) {

  /** Checks the number of threads. */
  public JoinResources {
    if (threads < 1) {
      throw new IllegalArgumentException("[threads] must be at least [1], got [" + threads + "]");
    }
  }

  /** The calling thread alone, all the memory, never cancelled. */
  public static JoinResources unlimited() {
    return new JoinResources(MemoryAccount.UNLIMITED, Runnable::run, 1, Monitor.NONE);
  }

  /** What a long computation tells its caller, and asks. Called by many threads at once. */
  public interface Monitor {

    /** Never cancels and listens to nothing. */
    Monitor NONE =
        new Monitor() {
          @Override
          public void checkCancelled() {}

          @Override
          public void progress(double done) {}
        };

    /**
     * Asked by every thread after at most some milliseconds of workers; an exception from here
     * stops the computation and is what its caller gets.
     */
    void checkCancelled();

    /**
     * How much is done.
     *
     * @param done 0 to 1, never less than before
     */
    void progress(double done);
  }

  /** The memory account did not grant what a computation needs. What it had is given back. */
  public static final class MemoryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** With what to do about it. */
    public MemoryRefusedException(String message) {
      super(message);
    }
  }
}
