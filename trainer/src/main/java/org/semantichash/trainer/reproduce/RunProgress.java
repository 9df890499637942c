// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.io.PrintWriter;
import java.util.Locale;

/** A line for each row that is done, with the time left. Safe for use by many threads. */
final class RunProgress {

  private final PrintWriter err;
  private final int total;
  private final long start = System.nanoTime();
  private int done;

  RunProgress(PrintWriter err, int total) {
    this.err = err;
    this.total = total;
  }

  synchronized void done(Cell cell, String outcome) {
    done++;
    double seconds = (System.nanoTime() - start) / 1e9;
    long left = Math.round(seconds / done * (total - done));
    err.printf(
        Locale.ROOT,
        "%d/%d  %s: %s, about %d:%02d:%02d left%n",
        done,
        total,
        cell.key().path(),
        outcome,
        left / 3600,
        left / 60 % 60,
        left % 60);
    err.flush();
  }
}
