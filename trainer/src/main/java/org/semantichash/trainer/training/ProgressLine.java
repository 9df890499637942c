// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.training;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how the training goes: on a terminal a bar with loss, speed and time left, elsewhere a line
 * every few seconds; and a line after each epoch.
 */
public final class ProgressLine implements TrainingListener, AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final PrintWriter err;
  private final boolean terminal;
  private ProgressBar bar;
  private long lastLine = System.nanoTime();
  private long started;

  /**
   * Progress of one training.
   *
   * @param err where lines go
   * @param terminal whether a person looks at a terminal
   */
  public ProgressLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void onPreparation(int documents, int of) {
    lines("neighbours of %d of %d documents, about %s left%n", documents, of);
  }

  @Override
  public void onCodeStep(int step, int of) {
    if (step == 0) {
      started = 0;
    }
    if (terminal) {
      bar("learning the codes", of).show(step, "");
      if (step == of - 1) {
        close();
      }
    } else {
      lines("learning the codes: step %d of %d, about %s left%n", step, of);
    }
  }

  /** A line every few seconds about something that is done so far. */
  private void lines(String format, int done, int of) {
    if (started == 0) {
      started = System.nanoTime();
    }
    if (System.nanoTime() - lastLine > INTERVAL.toNanos()) {
      lastLine = System.nanoTime();
      double seconds = (lastLine - started) / 1e9;
      err.printf(Locale.ROOT, format, done, of, minutes(seconds * (of - done) / Math.max(1, done)));
      err.flush();
    }
  }

  @Override
  public void onBatch(BatchProgress p) {
    if (terminal) {
      bar("epoch " + p.epoch() + "/" + p.epochs(), p.batches())
          .show(p.batch(), String.format(Locale.ROOT, "; in all %s, loss %.2f", left(p), p.loss()));
    } else if (System.nanoTime() - lastLine > INTERVAL.toNanos()) {
      lastLine = System.nanoTime();
      err.printf(
          Locale.ROOT,
          "epoch %d/%d: %3d %%, loss %.3f, %.0f documents/s, at most %s left%n",
          p.epoch(),
          p.epochs(),
          100L * p.batch() / p.batches(),
          p.loss(),
          p.documentsPerSecond(),
          left(p));
      err.flush();
    }
  }

  private ProgressBar bar(String task, int total) {
    if (bar == null) {
      bar = new ProgressBar(err, task, total);
    }
    return bar;
  }

  /** The time until the last epoch; training may end earlier. */
  private static String left(BatchProgress p) {
    double batchesLeft = (double) (p.epochs() - p.epoch()) * p.batches() + p.batches() - p.batch();
    double seconds = batchesLeft / Math.max(1, p.batch()) * p.secondsInEpoch();
    return minutes(seconds);
  }

  private static String minutes(double seconds) {
    return String.format(Locale.ROOT, "%d:%02d", (long) seconds / 60, (long) seconds % 60);
  }

  @Override
  public void onEpoch(EpochResult r) {
    close();
    err.printf(
        Locale.ROOT,
        "epoch %d: loss %.3f, validation %.4f%s, %.1f s%n",
        r.epoch(),
        r.meanLoss(),
        r.validationScore(),
        r.best() ? " (best)" : "",
        r.seconds());
    err.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
