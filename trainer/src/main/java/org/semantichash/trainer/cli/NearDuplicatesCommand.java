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
import java.util.function.Consumer;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.Privileges;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateAction;
import org.semantichash.trainer.duplicates.DuplicateCleanup;
import org.semantichash.trainer.duplicates.DuplicateGroup;
import org.semantichash.trainer.duplicates.DuplicateJob;
import org.semantichash.trainer.duplicates.DuplicateReport;
import org.semantichash.trainer.duplicates.DuplicateSummary;
import org.semantichash.trainer.duplicates.GroupExport;
import org.semantichash.trainer.duplicates.UngroupedDocuments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds near-duplicates in a cluster; reports, exports, deletes or tags them. */
@Command(
    name = "near-duplicates",
    mixinStandardHelpOptions = true,
    footerHeading = "%nPrivileges:%n",
    footer =
        "read on the index; delete for --apply delete; view_index_metadata and index for --apply"
            + " tag, and manage where the fields of the tag are missing.",
    description =
        "Find groups of near-duplicates in an index of an Elasticsearch cluster with the plugin,"
            + " and report, export, delete or tag them.")
final class NearDuplicatesCommand implements Callable<Integer> {

  @Mixin private DuplicateSearchArguments searchArguments;
  @Mixin private ApplyArguments apply;
  @Mixin private ClusterArguments clusterArguments;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write an HTML page with figures, charts and the largest groups.")
  private Path report;

  @Option(
      names = "--text-field",
      paramLabel = "FIELD",
      description =
          "Show this field of the documents in the report and the dry run. Default: that of"
              + " --verify")
  private String textField;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "Write all groups to a .ndjson or .csv file.")
  private Path export;

  @Spec private CommandSpec spec;

  /** What is done about the documents that are not kept. */
  private static final class ApplyArguments {

    private static final long MAX_DELETE = 10_000;

    /** The two things that can be done. */
    private enum Kind {
      DELETE,
      TAG
    }

    @Option(
        names = "--apply",
        paramLabel = "delete|tag",
        description =
            "Per group, delete all documents except the kept one, or tag all of them with their"
                + " group. Without --yes, only count them.")
    private Kind kind;

    @Option(
        names = "--tag-field",
        paramLabel = "FIELD",
        defaultValue = "near_duplicates",
        description =
            "The object that --apply tag writes, with the fields group (the kept document's id),"
                + " group_size and kept. Documents that are in no group any more lose it."
                + " Default: ${DEFAULT-VALUE}")
    private String tagField;

    @Option(
        names = "--tag-singletons",
        description =
            "Also tag every document in no group as a group of its own, so that each document has"
                + " a group to collapse by.")
    private boolean tagSingletons;

    @Option(names = "--yes", description = "Really delete or tag.")
    private boolean yes;

    @Option(
        names = "--include-capped",
        description =
            "Also delete or tag in truncated groups, as far as their documents are known.")
    private boolean includeCapped;

    @Option(
        names = "--max-delete",
        paramLabel = "N",
        description =
            "The most documents to delete; if there are more, none is deleted."
                + " Default: "
                + MAX_DELETE)
    private Long maxDelete;

    /** Asked before hours of search, not when the first document is to go. */
    Privileges privileges(String index) {
      List<String> privileges = new ArrayList<>(List.of("read"));
      if (kind == Kind.TAG) {
        privileges.add("view_index_metadata"); // for the type of the field, also in a dry run
      }
      if (kind != null && yes) {
        privileges.add(kind == Kind.TAG ? "index" : "delete");
      }
      return new Privileges(List.of(), Map.of(index, privileges));
    }

    DuplicateAction action() {
      return kind == Kind.TAG
          ? DuplicateAction.tag(tagField, tagSingletons)
          : DuplicateAction.DELETE;
    }

    long maxDelete() {
      return maxDelete == null ? MAX_DELETE : maxDelete;
    }

    /**
     * Checks that the options fit together.
     *
     * @throws IllegalArgumentException for --yes without --apply, --max-delete without a deletion
     */
    void check() {
      if (yes && kind == null) {
        throw new IllegalArgumentException("[yes] must come with --apply");
      }
      if (tagSingletons && kind != Kind.TAG) {
        throw new IllegalArgumentException("[tag-singletons] must come with --apply tag");
      }
      if (maxDelete != null && (kind != Kind.DELETE || maxDelete < 0)) {
        throw new IllegalArgumentException(
            "[max-delete] must be at least [0] and come with --apply delete, got ["
                + maxDelete
                + "]");
      }
      action();
    }
  }

  @Override
  public Integer call() throws IOException {
    var body = searchArguments.body();
    checkOutputs();
    try (HttpCluster cluster = clusterArguments.connect();
        Interruption interruption = new Interruption(err())) {
      apply.privileges(searchArguments.index()).require(cluster);
      apply.action().checkMapping(cluster, searchArguments.index());
      DuplicateJob job = DuplicateJob.start(cluster, searchArguments.index(), body);
      Optional<DuplicateSummary> summary = await(job, interruption);
      if (summary.isEmpty()) {
        err().println("cancelled");
        return Interruption.EXIT_CODE;
      }
      try {
        summary.get().requireField(searchArguments.index());
        print(summary.get());
        new CleanupRun(cluster, job, summary.get(), interruption).run();
      } finally {
        job.forget();
      }
      return interruption.isRequested() ? Interruption.EXIT_CODE : 0;
    }
  }

  private void checkOutputs() {
    apply.check();
    if (report != null) {
      FileArguments.requireWritable(report);
    }
    if (export != null) {
      FileArguments.requireWritable(export);
      GroupExport.requireKnown(export);
    }
  }

  private Optional<DuplicateSummary> await(DuplicateJob job, Interruption interruption) {
    try (Terminal.Progress progress = new Terminal.Progress(err(), Terminal.isInteractive())) {
      return job.await(progress::runs, interruption::isRequested);
    }
  }

  private void print(DuplicateSummary summary) {
    out()
        .printf(
            Locale.ROOT,
            "%d documents, %d of them without a code, %d left out without known terms; %d pairs"
                + " within distance %d; %d groups with %d documents, %d of them cut off; %.1f s%n",
            summary.documents(),
            summary.withoutCode(),
            summary.withoutTerms().documents(),
            summary.pairs(),
            summary.maxDistance(),
            summary.groups(),
            summary.groupedDocuments(),
            summary.cappedGroups(),
            summary.took() / 1000.0);
    summary.verification().ifPresent(this::print);
  }

  private void print(DuplicateSummary.Verification verification) {
    out()
        .printf(
            Locale.ROOT,
            "verified by %s: %d texts read, %d pairs of different texts compared, %d similar; %d"
                + " copies word for word, %d groups of them only; %d documents without text, %d"
                + " short texts; %.1f s%n",
            verification.criterion(),
            verification.texts(),
            verification.candidates(),
            verification.verified(),
            verification.copies(),
            verification.exactGroups(),
            verification.withoutText(),
            verification.shortTexts(),
            verification.took() / 1000.0);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** What is done with the groups of a job that has ended: first the report, while texts exist. */
  private final class CleanupRun {

    private final Rest cluster;
    private final DuplicateJob job;
    private final DuplicateSummary summary;
    private final Interruption interruption;

    CleanupRun(
        Rest cluster, DuplicateJob job, DuplicateSummary summary, Interruption interruption) {
      this.cluster = cluster;
      this.job = job;
      this.summary = summary;
      this.interruption = interruption;
    }

    void run() throws IOException {
      warn();
      write();
      if (apply.kind == null || interruption.isRequested()) {
        return;
      }
      if (apply.yes) {
        print(cleanUp(), apply.action().done(), "were left alone");
        if (apply.action().isDeletion() == false) {
          treatUngrouped();
        }
      } else {
        dryRun();
      }
    }

    /** Says what to look at before anything is done. */
    private void warn() {
      if (summary.skippedIndices().isEmpty() == false) {
        err()
            .println(
                "warning: left out without a field ["
                    + summary.field()
                    + "]: "
                    + summary.skippedIndices());
      }
      if (summary.withoutTerms().areUnknown()) {
        for (String index : summary.withoutTerms().unknown()) {
          err().println("warning: the code of texts without known terms is unknown " + index);
        }
      }
      if (apply.kind != null && 100L * summary.largestGroup() > summary.documents()) {
        err()
            .printf(
                Locale.ROOT,
                "warning: the largest group holds %d of %d documents, more than 1 %%; look whether"
                    + " they are duplicates before anything is %s%n",
                summary.largestGroup(),
                summary.documents(),
                apply.action().done());
      }
    }

    private void write() throws IOException {
      if (report == null && export == null) {
        return;
      }
      DuplicateReport page = new DuplicateReport(cluster, summary, text());
      try (GroupExport file = export == null ? null : GroupExport.to(export)) {
        forEachGroup(
            group -> {
              page.add(group);
              if (file != null) {
                file.write(group);
              }
            });
      }
      if (report != null) {
        FileArguments.write(report, page.page());
      }
    }

    private Optional<String> text() {
      return Optional.ofNullable(textField).or(searchArguments::verifyField);
    }

    private void forEachGroup(Consumer<DuplicateGroup> sink) {
      job.forEachGroup(
          group -> {
            sink.accept(group);
            return interruption.isRequested() == false;
          });
    }

    private DuplicateCleanup.CleanupPlan plan() {
      DuplicateCleanup.CleanupPlan plan =
          new DuplicateCleanup.CleanupPlan(apply.action(), apply.includeCapped);
      forEachGroup(plan::add);
      return plan;
    }

    private void dryRun() {
      DuplicateCleanup.CleanupPlan plan = plan();
      boolean deletes = apply.action().isDeletion();
      plan.preview(cluster, summary, text(), deletes ? "goes " : "tagged").forEach(out()::println);
      DuplicateCleanup.Outcome outcome = plan.outcome();
      String done = "would be " + apply.action().done();
      print(outcome, done, "would be left alone; --yes does it");
      if (apply.tagSingletons) {
        out()
            .printf(
                Locale.ROOT,
                "would be tagged as groups of their own: %d documents%n",
                summary.documents() - outcome.documents());
      }
      if (deletes && outcome.documents() > apply.maxDelete()) {
        out()
            .println(
                "these are more than [max-delete]: --yes needs --max-delete "
                    + outcome.documents());
      }
    }

    private DuplicateCleanup.Outcome cleanUp() {
      checkKnown();
      checkCount();
      apply.action().addMapping(cluster, summary.indices());
      DuplicateCleanup cleanup =
          new DuplicateCleanup(cluster, summary, apply.action(), apply.includeCapped);
      forEachGroup(cleanup::add);
      return cleanup.finish();
    }

    /** Documents of groups that are left alone count as in none. */
    private void treatUngrouped() {
      UngroupedDocuments documents =
          new UngroupedDocuments(cluster, summary, apply.action(), searchArguments.query());
      forEachGroup(
          group -> {
            if (group.capped() == false || apply.includeCapped) {
              documents.except(group);
            }
          });
      UngroupedDocuments.Outcome outcome = documents.treat(interruption::isRequested);
      out()
          .printf(
              Locale.ROOT,
              "in no group: %d documents tagged as groups of their own, %d untagged, %d changed"
                  + " meanwhile%n",
              outcome.tagged(),
              outcome.untagged(),
              outcome.changed());
    }

    /** Nothing destructive rests on a code that says nothing. */
    private void checkKnown() {
      if (summary.withoutTerms().areUnknown()) {
        throw new IllegalArgumentException(
            "[apply] must not treat documents of which nothing is known, and the code of texts"
                + " without known terms is unknown "
                + summary.withoutTerms().unknown()
                + "; put the model back, or name them with --include-without-terms");
      }
    }

    /** Nothing is deleted when too much would be. */
    private void checkCount() {
      long most = summary.groupedDocuments() - summary.groups();
      if (apply.action().isDeletion() == false || most <= apply.maxDelete()) {
        return;
      }
      long documents = plan().outcome().documents();
      if (documents > apply.maxDelete()) {
        throw new IllegalArgumentException(
            "[max-delete] must be at least ["
                + documents
                + "], the documents that would be deleted, got ["
                + apply.maxDelete()
                + "]; nothing was deleted");
      }
    }

    private void print(DuplicateCleanup.Outcome outcome, String done, String capped) {
      out()
          .printf(
              Locale.ROOT,
              "%s: %d documents of %d groups; %d groups that are cut off %s%n",
              done,
              outcome.documents(),
              outcome.groups(),
              outcome.cappedGroups(),
              capped);
      if (outcome.skipped().isEmpty() == false) {
        out().println("skipped " + outcome.skipped().size() + ":");
      }
      outcome.skipped().forEach(skipped -> out().println("  " + skipped));
    }
  }
}
