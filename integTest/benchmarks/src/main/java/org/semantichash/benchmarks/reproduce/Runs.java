// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Executes runs, several at a time, and prints a line for each that is done, with the time left. A
 * run that fails does not stop the others.
 */
final class Runs {

  private final int workers;
  private final BooleanSupplier stopRequested;
  private final PrintWriter err;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private int total;
  private int done;
  private long start;

  /**
   * No runs yet.
   *
   * @param workers how many are executed at a time
   * @param stopRequested once it returns true, no further run is begun
   * @param err gets the lines
   */
  Runs(int workers, BooleanSupplier stopRequested, PrintWriter err) {
    this.workers = workers;
    this.stopRequested = stopRequested;
    this.err = err;
  }

  /** Measures and records. */
  interface Measurement {

    /** Returns what is printed of it. */
    String run() throws IOException;
  }

  /** A measurement with the name that lines begin with. */
  record Run(String name, Measurement measurement) {}

  /** What failed, one line each. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Executes all of them. */
  void execute(List<Run> runs) throws IOException {
    total = runs.size();
    start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Run run : runs) {
        running.add(pool.submit(() -> execute(run)));
      }
      for (Future<?> each : running) {
        await(each);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void execute(Run run) {
    if (stopRequested.getAsBoolean()) {
      return;
    }
    try {
      print(run, run.measurement().run());
    } catch (CancellationException e) {
      return; // not recorded, so the next call runs it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      failures.add(run.name() + ": " + e.getMessage());
      print(run, "failed: " + e.getMessage());
    }
  }

  private static void await(Future<?> run) throws IOException {
    try {
      run.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
    }
  }

  private synchronized void print(Run run, String outcome) {
    done++;
    double seconds = (System.nanoTime() - start) / 1e9;
    long left = Math.round(seconds / done * (total - done));
    err.printf(
        Locale.ROOT,
        "%d/%d  %s: %s, about %d:%02d:%02d left%n",
        done,
        total,
        run.name(),
        outcome,
        left / 3600,
        left / 60 % 60,
        left % 60);
    err.flush();
  }
}
