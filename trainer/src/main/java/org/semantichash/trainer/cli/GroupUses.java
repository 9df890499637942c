// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.ClearedAway;
import org.semantichash.trainer.duplicates.Clearing;
import org.semantichash.trainer.duplicates.ClearingPlan;
import org.semantichash.trainer.duplicates.DuplicateGroup;
import org.semantichash.trainer.duplicates.DuplicateJob;
import org.semantichash.trainer.duplicates.DuplicateReport;
import org.semantichash.trainer.duplicates.DuplicateSummary;
import org.semantichash.trainer.duplicates.GroupExport;
import org.semantichash.trainer.duplicates.Skipped;
import org.semantichash.trainer.duplicates.TagField;

/** What the command does with the groups: it reports and exports all of them, and clears away. */
final class GroupUses {

  private final DuplicateSummary summary;
  private final ClearingArguments arguments;
  private final Rest cluster;
  private final Optional<String> textField;
  private Optional<String> page = Optional.empty();
  private Optional<ClearedAway> cleared = Optional.empty();
  private List<String> preview = List.of();

  GroupUses(
      Rest cluster,
      DuplicateSummary summary,
      Optional<String> textField,
      ClearingArguments arguments) {
    this.cluster = cluster;
    this.summary = summary;
    this.textField = textField;
    this.arguments = arguments;
  }

  /** Says what to look at before anything is done. */
  void warn(PrintWriter err) {
    if (summary.skippedIndices().isEmpty() == false) {
      err.println(
          "warning: left out without a field ["
              + summary.field()
              + "]: "
              + summary.skippedIndices());
    }
    if (summary.withoutTerms().areUnknown()) {
      summary
          .withoutTerms()
          .unknown()
          .forEach(
              index ->
                  err.println(
                      "warning: the code of texts without known terms is unknown " + index));
    }
    if (arguments.isAsked() && 100L * summary.largestGroup() > summary.documents()) {
      err.printf(
          Locale.ROOT,
          "warning: the largest group holds %d of %d documents, more than 1 %%; look whether they"
              + " are duplicates before anything is %s%n",
          summary.largestGroup(),
          summary.documents(),
          arguments.treatment().done());
    }
  }

  /**
   * Clears away, or counts what that would do.
   *
   * @throws IllegalArgumentException when what is to be cleared away must not be, before anything
   *     is
   */
  void apply(DuplicateJob job, Interruption interruption) {
    if (arguments.isAsked() && interruption.isRequested() == false) {
      cleared =
          Optional.of(arguments.isConfirmed() ? clear(job, interruption) : plan(job, interruption));
    }
  }

  /** Writes what is asked for of a page and a file with all groups. */
  void write(DuplicateJob job, boolean reported, Optional<Path> export, Interruption interruption) {
    if (reported == false && export.isEmpty()) {
      return;
    }
    DuplicateReport report = new DuplicateReport(cluster, summary, textField);
    try (GroupExport file = export.map(GroupExport::to).orElse(null)) {
      job.forEachGroup(
          group -> {
            report.add(group);
            if (file != null) {
              file.write(group);
            }
            return interruption.isRequested() == false;
          });
    }
    page = reported ? Optional.of(report.page()) : Optional.empty();
  }

  private ClearedAway plan(DuplicateJob job, Interruption interruption) {
    ClearingPlan plan = new ClearingPlan(arguments.includesCapped());
    job.forEachGroup(group -> planned(plan, group, interruption));
    preview = plan.preview(cluster, summary, textField, goes());
    return plan.counts();
  }

  private String goes() {
    return arguments.isDeletion() ? "goes " : "tagged";
  }

  /** Nothing destructive rests on a code that says nothing. */
  private void checkKnown() {
    if (summary.withoutTerms().areUnknown()) {
      throw new IllegalArgumentException(
          "[apply] must not treat documents of which nothing is known, and the code of texts without"
              + " known terms is unknown "
              + summary.withoutTerms().unknown()
              + "; put the model back, or name them with --include-without-terms");
    }
  }

  /** Nothing is deleted when too much would be. */
  private void checkCount(DuplicateJob job, Interruption interruption) {
    long most = summary.groupedDocuments() - summary.groups();
    if (arguments.isDeletion() == false || most <= arguments.maxDelete()) {
      return;
    }
    ClearingPlan plan = new ClearingPlan(arguments.includesCapped());
    job.forEachGroup(group -> planned(plan, group, interruption));
    if (plan.counts().documents() > arguments.maxDelete()) {
      throw new IllegalArgumentException(
          "[max-delete] must be at least ["
              + plan.counts().documents()
              + "], the documents that would be deleted, got ["
              + arguments.maxDelete()
              + "]; nothing was deleted");
    }
  }

  private static boolean planned(
      ClearingPlan plan, DuplicateGroup group, Interruption interruption) {
    plan.add(group);
    return interruption.isRequested() == false;
  }

  private ClearedAway clear(DuplicateJob job, Interruption interruption) {
    checkKnown();
    checkCount(job, interruption);
    arguments.tagField().ifPresent(f -> new TagField(cluster, f).add(summary.indices()));
    Clearing clearing =
        new Clearing(cluster, summary, arguments.treatment(), arguments.includesCapped());
    job.forEachGroup(
        group -> {
          clearing.add(group);
          return interruption.isRequested() == false;
        });
    return clearing.finish();
  }

  /** The report's page, when one was asked for. */
  Optional<String> reportPage() {
    return page;
  }

  /** Says what was done about the documents. */
  void tell(PrintWriter out) {
    if (cleared.isEmpty()) {
      return;
    }
    preview.forEach(out::println);
    ClearedAway done = cleared.get();
    out.printf(
        Locale.ROOT,
        "%s %d documents of %d groups; %d groups that are cut off %s%n",
        (arguments.isConfirmed() ? "" : "would be ") + arguments.treatment().done() + ":",
        done.documents(),
        done.groups(),
        done.cappedGroups(),
        arguments.isConfirmed() ? "were left alone" : "would be left alone; --yes does it");
    if (arguments.isConfirmed() == false
        && arguments.isDeletion()
        && done.documents() > arguments.maxDelete()) {
      out.println("these are more than [max-delete]: --yes needs --max-delete " + done.documents());
    }
    if (done.skipped().isEmpty() == false) {
      out.println("skipped " + done.skipped().size() + ":");
    }
    for (Skipped skipped : done.skipped()) {
      out.println("  " + skipped);
    }
  }
}
