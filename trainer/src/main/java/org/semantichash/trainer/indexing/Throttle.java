// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import java.util.function.BooleanSupplier;

/** Lets so many documents a second through, all threads together. */
final class Throttle {

  private static final long STEP_NANOS = 100_000_000;

  private final double rate;
  private final BooleanSupplier stop;
  private long next = System.nanoTime();

  /**
   * A throttle.
   *
   * @param rate documents a second; 0 for as many as come
   * @param stop whether waiting is to end
   */
  Throttle(double rate, BooleanSupplier stop) {
    this.rate = rate;
    this.stop = stop;
  }

  /** Waits until it is the turn of these documents. */
  void await(int documents) throws InterruptedException {
    if (rate <= 0) {
      return;
    }
    long turn = turn(documents);
    for (long left = turn - System.nanoTime();
        left > 0 && stop.getAsBoolean() == false;
        left = turn - System.nanoTime()) {
      Thread.sleep(Math.max(1, Math.min(left, STEP_NANOS) / 1_000_000));
    }
  }

  private synchronized long turn(int documents) {
    long turn = Math.max(next, System.nanoTime());
    next = turn + (long) (documents / rate * 1e9);
    return turn;
  }
}
