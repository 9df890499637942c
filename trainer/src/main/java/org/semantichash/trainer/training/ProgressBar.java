// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * A bar on the last line of a terminal, drawn with carriage returns alone. A library that opens the
 * terminal to learn its width sets the signals back to what they do by default: Ctrl-C then kills a
 * training before its best model is written.
 */
public final class ProgressBar implements AutoCloseable {

  private static final int WIDTH = 79;
  private static final int CELLS = 24;
  private static final long REDRAW_NANOS = 200_000_000;

  private final PrintWriter out;
  private final String task;
  private final long total;
  private final long started = System.nanoTime();
  private long lastDrawn = started - REDRAW_NANOS;
  private int drawn;

  /**
   * A bar of something that is about to begin.
   *
   * @param out the terminal
   * @param task printed before the bar
   * @param total how many steps there will be
   */
  public ProgressBar(PrintWriter out, String task, long total) {
    this.out = out;
    this.task = task;
    this.total = total;
  }

  /**
   * Draws the bar, at most a few times per second.
   *
   * @param done steps done
   * @param message printed after the bar
   */
  public void show(long done, String message) {
    long now = System.nanoTime();
    if (now - lastDrawn < REDRAW_NANOS && done < total) {
      return;
    }
    lastDrawn = now;
    String line = line(done, (now - started) / 1e9, message);
    out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
    out.flush();
    drawn = line.length();
  }

  /** The line after so many seconds, cut to the width of a small terminal. */
  String line(long done, double seconds, String message) {
    double share = total == 0 ? 1 : Math.clamp((double) done / total, 0, 1);
    int full = (int) (share * CELLS);
    String left = share == 0 ? "?" : time(seconds / share - seconds);
    String line =
        String.format(
            Locale.ROOT,
            "%s %3d %% [%s%s] %d/%d, %s left%s",
            task,
            (int) (100 * share),
            "=".repeat(full),
            " ".repeat(CELLS - full),
            done,
            total,
            left,
            message);
    return line.length() > WIDTH ? line.substring(0, WIDTH) : line;
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  /** Takes the bar away, so that other lines can follow. */
  @Override
  public void close() {
    if (drawn > 0) {
      out.print("\r" + " ".repeat(drawn) + "\r");
      out.flush();
      drawn = 0;
    }
  }
}
