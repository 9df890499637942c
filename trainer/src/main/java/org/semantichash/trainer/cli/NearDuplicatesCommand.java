// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.Privileges;
import org.semantichash.trainer.duplicates.DuplicateJob;
import org.semantichash.trainer.duplicates.DuplicateSearch;
import org.semantichash.trainer.duplicates.DuplicateSummary;
import org.semantichash.trainer.duplicates.GroupExport;
import org.semantichash.trainer.duplicates.TagField;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds near-duplicates in a cluster. */
@Command(
    name = "near-duplicates",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer =
        "read on the index; delete for --apply delete; view_index_metadata and index for --apply"
            + " tag, and manage where the field of the tag is missing.",
    description =
        "Find groups of near-duplicates in an index of an Elasticsearch cluster with the plugin;"
            + " report, export, delete or tag them.")
final class NearDuplicatesCommand implements Callable<Integer> {

  @Mixin private SearchArguments searchArguments;
  @Mixin private ClearingArguments clearingArguments;
  @Mixin private ClusterArguments clusterArguments;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page about them: figures, pictures, the largest groups.")
  private Path report;

  @Option(
      names = "--text-field",
      paramLabel = "FIELD",
      description = "Show this field of the documents in the report.")
  private String textField;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "Write all groups, as .ndjson or .csv.")
  private Path export;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    DuplicateSearch search = searchArguments.search();
    checkOutputs();
    try (HttpCluster cluster = clusterArguments.connect();
        Interruption interruption = new Interruption(spec.commandLine().getErr())) {
      privileges(search.index()).require(cluster);
      clearingArguments.tagField().ifPresent(f -> new TagField(cluster, f).check(search.index()));
      DuplicateJob job = DuplicateJob.start(cluster, search);
      Optional<DuplicateSummary> summary;
      try (DuplicateProgress progress =
          new DuplicateProgress(spec.commandLine().getErr(), Terminal.isInteractive())) {
        summary = job.await(progress.watching(interruption::isRequested));
      }
      if (summary.isEmpty()) {
        spec.commandLine().getErr().println("cancelled");
        return Interruption.EXIT_CODE;
      }
      try {
        summary.get().requireField(search.index());
        print(summary.get());
        return use(cluster, job, summary.get(), interruption);
      } finally {
        job.forget();
      }
    }
  }

  /** Asked before hours of search, not when the first document is to go. */
  private Privileges privileges(String index) {
    List<String> all = new ArrayList<>(List.of("read"));
    all.addAll(clearingArguments.privileges());
    return new Privileges(List.of(), Map.of(index, all));
  }

  /** First the report, so that it still finds the texts. */
  private int use(
      HttpCluster cluster, DuplicateJob job, DuplicateSummary summary, Interruption interruption) {
    GroupUses uses =
        new GroupUses(cluster, summary, Optional.ofNullable(textField), clearingArguments);
    uses.warn(spec.commandLine().getErr());
    uses.write(job, report != null, Optional.ofNullable(export), interruption);
    uses.reportPage().ifPresent(this::writeReport);
    uses.apply(job, interruption);
    uses.tell(spec.commandLine().getOut());
    return interruption.isRequested() ? Interruption.EXIT_CODE : 0;
  }

  private void checkOutputs() {
    clearingArguments.check();
    if (report != null) {
      OutputFile.requireWritable(report);
    }
    if (export != null) {
      OutputFile.requireWritable(export);
      GroupExport.requireKnown(export);
    }
  }

  private void writeReport(String page) {
    try {
      OutputFile.write(report, page);
    } catch (IOException e) {
      throw new IllegalStateException("report [" + report + "] cannot be written", e);
    }
  }

  private void print(DuplicateSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%d documents, %d of them without a code, %d left out without known terms; %d pairs within"
            + " distance %d; %d groups with %d documents, %d of them cut off; %.1f s%n",
        summary.documents(),
        summary.withoutCode(),
        summary.withoutTerms().documents(),
        summary.pairs(),
        summary.maxDistance(),
        summary.groups(),
        summary.groupedDocuments(),
        summary.cappedGroups(),
        summary.took() / 1000.0);
  }
}
