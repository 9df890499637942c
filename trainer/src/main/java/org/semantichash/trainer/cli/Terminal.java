// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import org.semantichash.trainer.indexing.IndexWalk;
import org.semantichash.trainer.training.ProgressBar;

/** Whether output goes to a terminal; questions to the user, and progress. */
final class Terminal {

  private Terminal() {}

  /** Whether the person says yes; only to be asked of an interactive terminal. */
  static boolean confirms(PrintWriter err, String question) {
    err.print(question + " [y/N] ");
    err.flush();
    String answer = System.console().readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  @SuppressWarnings(
      "SystemConsoleNull") // it does on Java 21, and the method below tells for later ones
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there is a console without a terminal too, and a method that tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /**
   * Shows how far a command is: on a terminal a line that is redrawn, elsewhere a line every few
   * seconds.
   */
  static final class Progress implements IndexWalk.Progress, AutoCloseable {

    private static final long LINE_NANOS = 5_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private ProgressBar bar;
    private String task = "";
    private long total;
    private long before;
    private long latest;
    private long started = System.nanoTime();
    private long lastLine = started;
    private int width;

    Progress(PrintWriter err, boolean terminal) {
      this.err = err;
      this.terminal = terminal;
    }

    @Override
    public synchronized void begins(String name, long documents) {
      end();
      task = name;
      total = documents;
      before = latest;
      started = System.nanoTime();
      if (terminal) {
        bar = new ProgressBar(err, name, documents);
      } else {
        line("%s: %d documents", name, documents);
      }
    }

    @Override
    public synchronized void done(long documents) {
      latest = documents;
      long done = documents - before;
      double rate = done / Math.max(1e-9, seconds());
      if (bar != null) {
        bar.show(Math.min(done, total), String.format(Locale.ROOT, ", %.0f docs/s", rate));
      } else if (isTimeForALine()) {
        long left = (long) (Math.max(0, total - done) / Math.max(rate, 1e-9));
        line(
            "%s: %d of %d documents, %.0f documents/s, about %d:%02d left",
            task, done, total, rate, left / 60, left % 60);
      }
    }

    /** Shows the status of something whose duration is unknown. */
    synchronized void runs(String status) {
      String line = String.format(Locale.ROOT, "running for %.0f s  %s", seconds(), status);
      if (terminal) {
        err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        err.flush();
        width = line.length();
      } else if (isTimeForALine()) {
        line("%s", line);
      }
    }

    private double seconds() {
      return (System.nanoTime() - started) / 1e9;
    }

    private boolean isTimeForALine() {
      boolean due = System.nanoTime() - lastLine > LINE_NANOS;
      lastLine = due ? System.nanoTime() : lastLine;
      return due;
    }

    private void line(String format, Object... values) {
      err.printf(Locale.ROOT, format + "%n", values);
      err.flush();
    }

    @Override
    public void close() {
      end();
    }

    /** Ends what is drawn, so that lines can follow. */
    synchronized void end() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
      if (width > 0) {
        err.println();
        width = 0;
      }
    }
  }
}
