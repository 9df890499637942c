// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Runs what an experiment wants and nobody has recorded yet, several runs at a time, and records
 * each as soon as it is done.
 */
public final class Reproduction {

  private final Experiment experiment;
  private final Path data;
  private final Measuring measuring;
  private final int workers;
  private final BooleanSupplier stopRequested;
  private final PrintWriter err;
  private final List<Cell> plan;
  private final Results results;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  /**
   * A reproduction.
   *
   * @param experiment what is wanted
   * @param rows the file of rows, which may exist
   * @param data the folder of the data set
   * @param runner trains
   * @param origin goes into each row, with the number of runs at a time
   * @param stopRequested once it says true, no further run is begun
   * @param err hears how it goes
   */
  public Reproduction(
      Experiment experiment,
      Path rows,
      Path data,
      MethodRunner runner,
      Origin origin,
      BooleanSupplier stopRequested,
      PrintWriter err)
      throws IOException {
    this.experiment = experiment;
    this.data = data;
    this.measuring = new Measuring(runner, origin);
    this.workers = origin.workers();
    this.stopRequested = stopRequested;
    this.err = err;
    this.plan = Plan.of(experiment);
    this.results = new Results(new RowFile(rows), plan);
  }

  /**
   * Runs what is chosen and not recorded.
   *
   * @return what failed, one line each; empty when everything went through
   */
  public List<String> run(Choice choice) throws IOException {
    choice.requireKnown(experiment);
    List<List<Cell>> jobs = jobs(choice);
    if (jobs.isEmpty() == false) {
      run(jobs);
    }
    results.save();
    return List.copyOf(failures);
  }

  /** The cells that want the same run are one job. */
  private List<List<Cell>> jobs(Choice choice) {
    Map<String, List<Cell>> byDefinition = new LinkedHashMap<>();
    for (Cell cell : plan) {
      byDefinition.computeIfAbsent(cell.definition(), unused -> new ArrayList<>()).add(cell);
    }
    return byDefinition.values().stream()
        .filter(cells -> cells.stream().anyMatch(cell -> choice.matches(cell.key())))
        .filter(cells -> choice.again() || results.find(cells.get(0)).isEmpty())
        .toList();
  }

  private void run(List<List<Cell>> jobs) throws IOException {
    DataSet dataSet = DataSet.read(experiment, data);
    RunProgress progress = new RunProgress(err, jobs.size());
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (List<Cell> cells : jobs) {
        running.add(pool.submit(() -> run(cells, dataSet, progress)));
      }
      for (Future<?> job : running) {
        await(job);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void run(List<Cell> cells, DataSet dataSet, RunProgress progress) {
    if (stopRequested.getAsBoolean()) {
      return;
    }
    Cell cell = cells.get(0);
    try {
      Row row = measuring.measure(cell, dataSet.features(cell.split()));
      results.record(cells, row);
      progress.done(cell, String.format(Locale.ROOT, "precision %.4f", row.precision().at100()));
    } catch (CancellationException e) {
      return; // not recorded, so the next call runs it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      failures.add(cell.key().path() + ": " + e.getMessage());
      progress.done(cell, "failed: " + e.getMessage());
    }
  }

  private static void await(Future<?> job) throws IOException {
    try {
      job.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
    }
  }
}
