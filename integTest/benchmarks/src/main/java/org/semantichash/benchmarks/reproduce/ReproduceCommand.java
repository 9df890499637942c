// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.semantichash.benchmarks.reproduce.Plan.Choice;
import org.semantichash.benchmarks.reproduce.Report.Verdicts;
import org.semantichash.benchmarks.reproduce.Row.Origin;
import org.semantichash.benchmarks.reproduce.SharedTable.RecordedExperiment;
import org.semantichash.trainer.cli.Interruption;
import org.semantichash.trainer.cli.SemanticHash.Versions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs published experiments again. */
@Command(
    name = "reproduce",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Run published experiments again on your own copies of their data sets.",
      "Several run one after the other; summary.md, beside the page of the first, compares them.",
      "Recorded rows are not run again unless the method's code or defaults have changed, so the next"
          + " call resumes after Ctrl-C."
    })
final class ReproduceCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "EXPERIMENT.yaml", description = "The experiment files.")
  private List<Path> files;

  @Option(
      names = {"-D", "--data"},
      paramLabel = "DIR",
      description = "The folder with the data sets. Default: the experiment's folder")
  private Path data;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The folder for page, pictures and results/. Default: the experiment's folder")
  private Path output;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Run only this table, which every experiment must have.")
  private String table;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description =
          "Run only rows whose table/label/bits/seed matches; a varied value precedes"
              + " the bits.")
  private Pattern only;

  @Option(names = "--again", description = "Run recorded rows again.")
  private boolean again;

  @Option(names = "--report-only", description = "Write page and pictures from recorded rows.")
  private boolean reportOnly;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "The number of parallel runs, which share the processors; rows do not depend on it."
              + " Default: all processors")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--strict", description = "Exit with code 1 if a verdict or a check is FAIL.")
  private boolean strict;

  @Option(
      names = "--quantised",
      description =
          "Instead, measure what the methods lose when their networks become integers; write"
              + " quantised.md and results/quantised.json.")
  private boolean quantised;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (workers < 1) {
      throw new IllegalArgumentException("[workers] must be at least [1], got [" + workers + "]");
    }
    List<Task> tasks = tasks();
    try (Interruption interruption = new Interruption(err())) {
      if (quantised) {
        boolean good = quantise(tasks, interruption);
        return interruption.isRequested() ? Interruption.EXIT_CODE : good ? 0 : 1;
      }
      boolean good = true;
      for (Task task : tasks) {
        if (interruption.isRequested() == false) {
          good &= reproduce(task, interruption);
        }
      }
      if (tasks.size() > 1) {
        good &= summarize(tasks);
      }
      if (interruption.isRequested()) {
        return Interruption.EXIT_CODE;
      }
      return good ? 0 : 1;
    }
  }

  /** All files are read and checked before the first is run. */
  private List<Task> tasks() throws IOException {
    List<Task> tasks = new ArrayList<>();
    for (Path file : files) {
      Path home = file.toAbsolutePath().getParent();
      tasks.add(new Task(ExperimentFile.read(file), home, output == null ? home : output));
    }
    List<Experiment> experiments = tasks.stream().map(Task::experiment).toList();
    if (experiments.size() > 1) {
      Summary.requireNames(experiments);
    }
    if (reportOnly == false) {
      experiments.forEach(choice()::requireKnown);
    }
    return tasks;
  }

  /** Whether nothing fails. */
  private boolean reproduce(Task task, Interruption interruption) throws IOException {
    List<String> failures = reportOnly ? List.of() : run(task, interruption);
    failures.forEach(failure -> err().println("FAILED " + failure));
    Report report = new Report(task.experiment(), task.rows(), task.folder(), runner(interruption));
    report.write(err());
    if (files.size() > 1) {
      out().println(task.experiment().name());
    }
    Verdicts verdicts = report.print(out());
    return failures.isEmpty() && (strict && verdicts.hasFailure()) == false;
  }

  /** Whether nothing fails. */
  private boolean summarize(List<Task> tasks) throws IOException {
    List<RecordedExperiment> recorded = new ArrayList<>();
    for (Task task : tasks) {
      recorded.add(RecordedExperiment.read(task.experiment(), task.rows()));
    }
    Summary summary = new Summary(recorded);
    summary.write(tasks.get(0).folder(), err());
    out().println("summary");
    summary.print(out());
    return (strict && summary.hasFailure()) == false;
  }

  /** Whether nothing fails and nothing loses too much. */
  private boolean quantise(List<Task> tasks, Interruption interruption) throws IOException {
    Task first = tasks.getFirst();
    QuantisedTable measured =
        new QuantisedTable(
            tasks.stream().map(Task::experiment).toList(),
            first.folder(),
            runner(interruption),
            Origin.here(first.home(), Versions.trainer(), workers),
            interruption::isRequested,
            err());
    List<String> failures =
        reportOnly ? measured.report() : measured.run(data == null ? first.home() : data, choice());
    failures.forEach(failure -> err().println("FAILED " + failure));
    return failures.isEmpty();
  }

  private LearnedMethods runner(Interruption interruption) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / workers);
    return new LearnedMethods(threads, interruption::isRequested);
  }

  private Choice choice() {
    return new Choice(table, only, again);
  }

  private List<String> run(Task task, Interruption interruption) throws IOException {
    return new Reproduction(
            task.experiment(),
            task.rows(),
            data == null ? task.home() : data,
            runner(interruption),
            Origin.here(task.home(), Versions.trainer(), workers),
            interruption::isRequested,
            err())
        .run(choice());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /**
   * An experiment and its places.
   *
   * @param home the folder of its file
   * @param folder where everything is written
   */
  private record Task(Experiment experiment, Path home, Path folder) {

    Path rows() {
      return folder.resolve("results").resolve(experiment.name() + ".json");
    }
  }
}
