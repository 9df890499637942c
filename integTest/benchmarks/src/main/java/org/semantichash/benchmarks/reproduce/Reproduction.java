// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.semantichash.benchmarks.reproduce.Experiment.SpecCheck;
import org.semantichash.benchmarks.reproduce.MethodRunner.Outcome;
import org.semantichash.benchmarks.reproduce.Plan.Cell;
import org.semantichash.benchmarks.reproduce.Plan.Choice;
import org.semantichash.benchmarks.reproduce.Plan.Reference;
import org.semantichash.benchmarks.reproduce.Results.RowFile;
import org.semantichash.benchmarks.reproduce.Row.CodeUse;
import org.semantichash.benchmarks.reproduce.Row.Course;
import org.semantichash.benchmarks.reproduce.Row.Origin;
import org.semantichash.benchmarks.reproduce.Row.Parts;
import org.semantichash.benchmarks.reproduce.Row.Precision;
import org.semantichash.benchmarks.reproduce.Row.RowKey;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.CodeStatistics;
import org.semantichash.trainer.evaluation.Evaluation;
import org.semantichash.trainer.evaluation.Evaluation.TermCoverage;
import org.semantichash.trainer.evaluation.RetrievalEvaluator;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;
import org.semantichash.trainer.features.Features;

/**
 * Runs what an experiment wants and what is not recorded yet, or was with other code or defaults of
 * its method, several runs at a time, and records each as soon as it is done.
 */
public final class Reproduction {

  private final Experiment experiment;
  private final Path data;
  private final MethodRunner runner;
  private final RowMeasurement measurement;
  private final Runs runs;
  private final List<Cell> plan;
  private final Results results;

  /**
   * A reproduction.
   *
   * @param experiment what is wanted
   * @param rows the file of rows, which may exist
   * @param data the folder of the data set
   * @param runner trains
   * @param origin goes into each row, with the number of runs at a time
   * @param stopRequested once it returns true, no further run is begun
   * @param err gets the progress
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
    this.runner = runner;
    this.measurement = new RowMeasurement(runner, origin);
    this.runs = new Runs(origin.workers(), stopRequested, err);
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
    return runs.failures();
  }

  /** The cells that want the same run are one job. */
  private List<List<Cell>> jobs(Choice choice) {
    Map<String, List<Cell>> byDefinition = new LinkedHashMap<>();
    for (Cell cell : plan) {
      byDefinition.computeIfAbsent(cell.definition(), unused -> new ArrayList<>()).add(cell);
    }
    return byDefinition.values().stream()
        .filter(cells -> cells.stream().anyMatch(cell -> choice.matches(cell.key())))
        .filter(cells -> choice.again() || isRecorded(cells.getFirst()) == false)
        .toList();
  }

  /** Whether there is a row that the method's code and defaults of today have made. */
  private boolean isRecorded(Cell cell) {
    return results.find(cell).filter(runner::hasMade).isPresent();
  }

  private void run(List<List<Cell>> jobs) throws IOException {
    DataSet dataSet = DataSet.read(experiment, data);
    runs.execute(
        jobs.stream()
            .map(cells -> new Runs.Run(cells.getFirst().key().path(), () -> run(cells, dataSet)))
            .toList());
  }

  private String run(List<Cell> cells, DataSet dataSet) throws IOException {
    Cell cell = cells.getFirst();
    Row row = measurement.measure(cell, dataSet.features(cell.split()));
    results.record(cells, row);
    return String.format(Locale.ROOT, "precision %.4f", row.precision().at100());
  }

  /** Makes rows: trains where something is to be trained, then looks at the test part once. */
  static final class RowMeasurement {

    private final MethodRunner runner;
    private final Origin origin;

    RowMeasurement(MethodRunner runner, Origin origin) {
      this.runner = runner;
      this.origin = origin;
    }

    Row measure(Cell cell, Features features) {
      return Reference.of(cell.key())
          .map(reference -> reference(reference, cell, features))
          .orElseGet(() -> learned(cell, features));
    }

    private Row reference(Reference reference, Cell cell, Features features) {
      RetrievalEvaluator evaluator = evaluator(features);
      Precision precision =
          switch (reference) {
            case COSINE ->
                precision(
                    evaluator.cosine(features.test().vectors(), features.training().vectors()));
            case CHANCE -> precision(evaluator.randomOrder());
          };
      return row(cell, precision, Course.NONE, CodeUse.NONE, features);
    }

    private Row learned(Cell cell, Features features) {
      Outcome outcome = runner.run(cell.key(), cell.options(), features);
      List<BinaryCode> database = outcome.encoder().encode(features.training().vectors());
      List<BinaryCode> queries = outcome.encoder().encode(features.test().vectors());
      outcome.encoder().close();
      return row(
          cell,
          precision(evaluator(features).codes(queries, database)),
          outcome.course(),
          CodeUse.of(
              CodeStatistics.of(database),
              TermCoverage.of(features.training().vectors()).distinct()),
          features);
    }

    /** Of the method that a cell wants; null for a reference, which has no code to change. */
    String digest(Cell cell) {
      RowKey key = cell.key();
      return Reference.of(key).isPresent() ? null : runner.digest(key);
    }

    private static RetrievalEvaluator evaluator(Features features) {
      return new RetrievalEvaluator(
          features.test().labels(), features.training().labels(), Evaluation.DEFAULT_K);
    }

    private static Precision precision(RetrievalScore score) {
      SpecCheck.require(score.queries() > 0, "label_field", "name a field that labels have", 0);
      return Precision.of(score);
    }

    private Row row(
        Cell cell, Precision precision, Course course, CodeUse codes, Features features) {
      Row.Setup setup = new Row.Setup(cell.options(), null, null, cell.definition(), digest(cell));
      return new Row(cell.key(), setup, precision, course, codes, Parts.of(features), origin)
          .in(cell);
    }
  }
}
