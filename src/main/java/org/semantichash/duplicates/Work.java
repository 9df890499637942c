/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
