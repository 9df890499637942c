// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import java.util.function.BooleanSupplier;
import org.semantichash.trainer.cluster.ClusterException;

/**
 * Growing pauses between attempts: each is twice the one before, up to a longest.
 *
 * @param attempts how often something is tried
 * @param first the first pause, in milliseconds
 * @param longest the longest, in milliseconds
 * @param stop whether somebody waits for the end, so that no pause is finished
 */
public record Backoff(int attempts, long first, long longest, BooleanSupplier stop) {

  private static final long STEP = 100;

  /** About three minutes in all, in which a node can start again. */
  public static Backoff usual(BooleanSupplier stop) {
    return new Backoff(12, 500, 30_000, stop);
  }

  /**
   * Waits before the next attempt.
   *
   * @param attempt how many there were, from 1
   * @return false when there were enough or somebody waits for the end
   */
  boolean pause(int attempt) {
    long left = Math.min(longest, first << Math.min(attempt - 1, 20));
    while (left > 0 && stop.getAsBoolean() == false) {
      sleep(Math.min(left, STEP));
      left -= STEP;
    }
    return attempt < attempts && stop.getAsBoolean() == false;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted between two attempts", e);
    }
  }
}
