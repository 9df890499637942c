// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.semantichash.trainer.indexing.Progress;
import org.semantichash.trainer.training.ProgressBar;

/** Shows how far it is: a bar on a terminal, elsewhere a line every few seconds. */
final class HashIndexProgress implements Progress, AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final PrintWriter err;
  private final boolean terminal;
  private ProgressBar bar;
  private String what = "";
  private long total;
  private long before;
  private long latest;
  private long started = System.nanoTime();
  private long lastLine = started;

  HashIndexProgress(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public synchronized void begins(String name, long documents) {
    end();
    what = name;
    total = documents;
    before = latest;
    started = System.nanoTime();
    if (terminal) {
      bar = new ProgressBar(err, name, documents);
    } else {
      err.printf(Locale.ROOT, "%s: %d documents%n", name, documents);
      err.flush();
    }
  }

  @Override
  public synchronized void through(long documents) {
    latest = documents;
    long done = documents - before;
    if (bar != null) {
      double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
      bar.show(Math.min(done, total), String.format(Locale.ROOT, ", %.0f docs/s", done / seconds));
    } else if (System.nanoTime() - lastLine > INTERVAL.toNanos()) {
      lastLine = System.nanoTime();
      double rate = done / ((lastLine - started) / 1e9);
      long left = (long) (Math.max(0, total - done) / Math.max(rate, 1e-9));
      err.printf(
          Locale.ROOT,
          "%s: %d of %d documents, %.0f documents/s, about %d:%02d left%n",
          what,
          done,
          total,
          rate,
          left / 60,
          left % 60);
      err.flush();
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Takes the bar away, so that lines can follow. */
  synchronized void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
