// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The time by which something must have come that is waited for: no wait is without an end. */
public final class Deadline {

  private static final long POLL_MILLIS = 50;

  private final String what;
  private final long seconds;
  private final long end;

  /**
   * Begins now.
   *
   * @param what is waited for, as the failure names it
   */
  public Deadline(String what, long seconds) {
    this.what = what;
    this.seconds = seconds;
    this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  /** What can be asked again and again. */
  @FunctionalInterface
  public interface Condition {

    /** Whether it has come. */
    boolean holds() throws IOException;
  }

  /**
   * Asks until something holds.
   *
   * @throws IllegalStateException naming it when it does not in time
   */
  public static void await(String what, long seconds, Condition condition) throws IOException {
    Deadline deadline = new Deadline(what, seconds);
    while (condition.holds() == false) {
      deadline.pause(POLL_MILLIS);
    }
  }

  /**
   * Waits a little.
   *
   * @throws IllegalStateException when there is no time left
   */
  public void pause(long millis) {
    check();
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, e);
    }
  }

  /**
   * Checks the time.
   *
   * @throws IllegalStateException when there is none left
   */
  public void check() {
    if (System.nanoTime() - end > 0) {
      throw new IllegalStateException("no " + what + " within [" + seconds + "] seconds");
    }
  }
}
