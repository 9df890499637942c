// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.Privileges;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.cluster.Retry;
import org.semantichash.trainer.indexing.DocumentLoader;
import org.semantichash.trainer.indexing.HashTally.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads documents from a file into an index. */
@Command(
    name = "bulk",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer = "index on the index; auto_configure if it does not exist yet or gets new fields.",
    description =
        "Load the documents of a file into an index, which the cluster makes if it is missing. All"
            + " lines are checked before the first one is sent. What a busy cluster does not take"
            + " is sent again. The same command resumes an interrupted run.")
final class BulkCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "INPUT",
      description = "JSON lines, plain or .gz: each line is a document.")
  private Path file;

  @Option(names = "--index", required = true, paramLabel = "INDEX", description = "The index.")
  private String index;

  @Option(
      names = "--id-field",
      paramLabel = "FIELD",
      defaultValue = "id",
      description =
          "The field with the id. Documents without one get a new id in each run. Default:"
              + " ${DEFAULT-VALUE}")
  private String idField;

  @Option(
      names = "--pipeline",
      paramLabel = "NAME",
      description = "The ingest pipeline. Default: that of the index")
  private String pipeline;

  @Mixin private ClusterArguments clusterArguments;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (Files.isRegularFile(file) == false) {
      throw new IllegalArgumentException("input [" + file + "] must be a file");
    }
    PrintWriter err = spec.commandLine().getErr();
    long start = System.nanoTime();
    try (HttpCluster cluster = clusterArguments.connect();
        Interruption interruption = new Interruption(err);
        Terminal.Progress progress = new Terminal.Progress(err, Terminal.isInteractive())) {
      privileges(cluster).require(cluster);
      DocumentLoader loader =
          new DocumentLoader(
              cluster,
              Retry.usual(interruption::isRequested),
              file,
              index,
              idField,
              Optional.ofNullable(pipeline),
              progress,
              interruption::isRequested);
      loader.run();
      progress.end();
      cluster.askUnless(Set.of(403), "POST", index + "/_refresh");
      return report(loader, interruption.isRequested(), (System.nanoTime() - start) / 1e9);
    }
  }

  private Privileges privileges(Rest cluster) {
    List<String> needed = new ArrayList<>(List.of("index"));
    if (isMissing(cluster)) {
      needed.add("auto_configure");
    }
    return new Privileges(List.of(), Map.of(index, needed));
  }

  /** False where one may not look. */
  private boolean isMissing(Rest cluster) {
    try {
      return cluster.askIfThere(index + "/_settings").isMissingNode();
    } catch (ClusterException e) {
      if (e.status() == 403) {
        return false;
      }
      throw e;
    }
  }

  private int report(DocumentLoader loader, boolean interrupted, double seconds) {
    PrintWriter err = spec.commandLine().getErr();
    long written = loader.tally().of(Outcome.WRITTEN);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "index [%s]: %,d documents written, %,d failed; %.1f s, %.0f documents/s%n",
            index,
            written,
            loader.tally().of(Outcome.FAILED),
            seconds,
            written / seconds);
    loader.tally().failures().forEach(failure -> err.println("failed: " + failure));
    if (loader.withoutId() > 0) {
      err.println(
          "NOTE: ["
              + loader.withoutId()
              + "] documents have no field ["
              + idField
              + "]; the same command would add them once more");
    }
    if (interrupted) {
      err.println("interrupted; run the same command again to resume");
      return Interruption.EXIT_CODE;
    }
    return loader.tally().failures().isEmpty() ? 0 : 1;
  }
}
