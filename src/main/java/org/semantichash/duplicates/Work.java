// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.concurrent.CancellationException;

/** The progress of all threads together, and whether they are to stop. */
final class Work {

  /** Steps of about a nanosecond after which a thread asks whether to stop. */
  static final int STEPS = 1 << 20;

  private final JoinMonitor monitor;
  private volatile boolean failed;
  private double base;
  private double share;
  private double done;

  Work(JoinMonitor monitor) {
    this.monitor = monitor;
  }

  /** Throws when a thread failed or the caller cancelled. */
  void check() {
    if (failed) {
      throw new CancellationException("another thread failed");
    }
    monitor.checkCancelled();
  }

  /** All threads must stop. */
  void fail() {
    failed = true;
  }

  /** What comes now ends at this part of the whole. */
  synchronized void stage(double end) {
    base += share;
    share = end - base;
    done = 0;
    tell();
  }

  /** A part of the stage is done. */
  synchronized void advance(double part) {
    done = Math.min(1, done + part);
    tell();
  }

  private void tell() {
    monitor.progress(Math.min(1, base + share * done));
  }
}
