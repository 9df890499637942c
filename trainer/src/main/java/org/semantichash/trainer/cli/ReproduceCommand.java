/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.semantichash.trainer.reproduce.Choice;
import org.semantichash.trainer.reproduce.Experiment;
import org.semantichash.trainer.reproduce.ExperimentFile;
import org.semantichash.trainer.reproduce.LearnedMethods;
import org.semantichash.trainer.reproduce.Origin;
import org.semantichash.trainer.reproduce.Report;
import org.semantichash.trainer.reproduce.Reproduction;
import org.semantichash.trainer.reproduce.Verdicts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a published experiment again. */
@Command(
    name = "reproduce",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Run a published experiment again on your own copy of its data set.",
      "Rows that are recorded are not run again, so after Ctrl-C the next call goes on."
    })
final class ReproduceCommand implements Callable<Integer> {

  private static final int INTERRUPTED = 130;

  @Parameters(paramLabel = "EXPERIMENT.yaml", description = "What to run.")
  private Path file;

  @Option(
      names = {"-D", "--data"},
      paramLabel = "DIR",
      description = "Folder of the data set. Default: the experiment's folder")
  private Path data;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Folder of page, pictures and results/. Default: the experiment's folder")
  private Path output;

  @Option(names = "--table", paramLabel = "NAME", description = "Run only this table.")
  private String table;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description =
          "Run only rows whose table/label/bits/seed holds a match; a varied value stands before"
              + " the bits.")
  private Pattern only;

  @Option(names = "--again", description = "Run what is recorded again.")
  private boolean again;

  @Option(names = "--report-only", description = "Write page and pictures from recorded rows.")
  private boolean reportOnly;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Runs at a time, which share the processors; rows do not depend on it."
              + " Default: all processors")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--strict", description = "Exit with 1 when a verdict is FAIL.")
  private boolean strict;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (workers < 1) {
      throw new IllegalArgumentException("[workers] must be at least [1], got [" + workers + "]");
    }
    Experiment experiment = ExperimentFile.read(file);
    Path home = file.toAbsolutePath().getParent();
    Path folder = output == null ? home : output;
    Path rows = folder.resolve("results").resolve(experiment.name() + ".json");
    try (Interruption interruption = new Interruption()) {
      List<String> failures = reportOnly ? List.of() : run(experiment, rows, home, interruption);
      failures.forEach(failure -> err().println("FAILED " + failure));
      Report report = new Report(experiment, rows, folder);
      report.write(err());
      Verdicts verdicts = report.print(out());
      if (interruption.isRequested()) {
        return INTERRUPTED;
      }
      return failures.isEmpty() && (strict && verdicts.hasFailure()) == false ? 0 : 1;
    }
  }

  private List<String> run(Experiment experiment, Path rows, Path home, Interruption interruption)
      throws IOException {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / workers);
    return new Reproduction(
            experiment,
            rows,
            data == null ? home : data,
            new LearnedMethods(threads, interruption::isRequested),
            Origin.here(home, Versions.trainer(), workers),
            interruption::isRequested,
            err())
        .run(new Choice(table, only, again));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
