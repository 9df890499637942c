// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.semantichash.trainer.duplicates.DuplicateJob;

/** Shows how a job in the cluster goes: on a terminal a line that changes, elsewhere new lines. */
final class DuplicateProgress implements AutoCloseable {

  private static final long LINE_EVERY = 10_000_000_000L;

  private final PrintWriter err;
  private final boolean terminal;
  private final long started = System.nanoTime();
  private long lastLine = started;
  private int width;

  DuplicateProgress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** A watcher that shows here, and cancels when that is wished. */
  DuplicateJob.Watcher watching(BooleanSupplier cancelled) {
    return new DuplicateJob.Watcher() {
      @Override
      public void running(String status) {
        show(status);
      }

      @Override
      public boolean isCancelled() {
        return cancelled.getAsBoolean();
      }
    };
  }

  private void show(String status) {
    long now = System.nanoTime();
    if (terminal == false && now - lastLine < LINE_EVERY) {
      return;
    }
    lastLine = now;
    String line =
        String.format(Locale.ROOT, "running for %d s  %s", (now - started) / 1_000_000_000, status);
    if (terminal) {
      err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      width = line.length();
    } else {
      err.println(line);
    }
    err.flush();
  }

  @Override
  public void close() {
    if (width > 0) {
      err.println();
    }
  }
}
