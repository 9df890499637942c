// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateCleanup;
import org.semantichash.trainer.duplicates.DuplicateGroup;
import org.semantichash.trainer.duplicates.DuplicateJob;
import org.semantichash.trainer.duplicates.DuplicateReport;
import org.semantichash.trainer.duplicates.DuplicateSummary;
import org.semantichash.trainer.duplicates.DuplicateSummary.Regrouped;
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

  @Override
  public Integer call() throws IOException {
    checkOutputs();
    var body = searchArguments.body(apply.since(), apply.retagsUngrouped());
    if (apply.kind != null) {
      body.put("seq_no_primary_term", true); // what is written is what was compared
    }
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
        DuplicateSummary shown = summary.get().ofGroups(searchArguments.minGroupSize());
        print(shown);
        new CleanupRun(cluster, job, shown, interruption).run();
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
    summary
        .regrouped()
        .ifPresent(
            regrouped ->
                out()
                    .printf(
                        Locale.ROOT,
                        "%d documents are new; %d, these and what they are near to, were grouped anew;"
                            + " all other groups are as they were%n",
                        regrouped.newDocuments(),
                        regrouped.documents()));
    summary.verification().ifPresent(this::print);
  }

  private void print(DuplicateSummary.Verification verification) {
    out()
        .printf(
            Locale.ROOT,
            "verified by %s: %d texts read, %d pairs of different texts compared, %d similar; %d"
                + " copies word for word, %d groups of them only; %d documents without text; texts with"
                + " fewer than %d words: %s; %.1f s%n",
            verification.criterion(),
            verification.texts(),
            verification.candidates(),
            verification.verified(),
            verification.copies(),
            verification.exactGroups(),
            verification.withoutText(),
            verification.minWords(),
            verification.shortTextsInWords(),
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
        out().println("wrote " + report + ", which shows the beginnings of some texts");
      }
      if (export != null) {
        out().println("wrote " + export);
      }
    }

    private Optional<String> text() {
      return Optional.ofNullable(textField).or(searchArguments::verifyField);
    }

    private void forEachGroup(Consumer<DuplicateGroup> sink) {
      forEachGroup(sink, ungrouped -> {});
    }

    /** The second gets what is smaller than a group: documents that may have been in one before. */
    private void forEachGroup(Consumer<DuplicateGroup> sink, Consumer<DuplicateGroup> smaller) {
      job.forEachGroup(
          group -> {
            boolean isGroup = group.size() >= searchArguments.minGroupSize();
            (isGroup ? sink : smaller).accept(group);
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
        long searched = summary.regrouped().map(Regrouped::documents).orElse(summary.documents());
        out()
            .printf(
                Locale.ROOT,
                "would be tagged as groups of their own: %d documents%n",
                searched - outcome.documents());
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
          new UngroupedDocuments(
              cluster,
              summary,
              apply.action(),
              UngroupedDocuments.both(searchArguments.query(), apply.since()));
      forEachGroup(
          group -> {
            if (group.capped() == false || apply.includeCapped) {
              documents.except(group);
            } else if (apply.retagsUngrouped()) {
              documents.alone(group);
            }
          },
          documents::alone);
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
