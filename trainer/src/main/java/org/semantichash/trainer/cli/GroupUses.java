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

import java.io.PrintWriter;
import java.nio.file.Path;
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

/**
 * What the command does with the groups: first it reports and exports all of them, then it clears
 * away, so that the report still finds the texts.
 */
final class GroupUses {

  private final DuplicateSummary summary;
  private final ClearingArguments arguments;
  private final Rest cluster;
  private final Optional<String> textField;
  private Optional<String> page = Optional.empty();
  private Optional<ClearedAway> cleared = Optional.empty();

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

  /**
   * Does it.
   *
   * @return whether all was done; false after Ctrl-C
   */
  boolean run(
      DuplicateJob job, boolean reported, Optional<Path> export, Interruption interruption) {
    if (reported || export.isPresent()) {
      write(job, reported, export, interruption);
    }
    if (arguments.isAsked() && interruption.isRequested() == false) {
      cleared =
          Optional.of(arguments.isConfirmed() ? clear(job, interruption) : plan(job, interruption));
    }
    return interruption.isRequested() == false;
  }

  private void write(
      DuplicateJob job, boolean reported, Optional<Path> export, Interruption interruption) {
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
    return plan.counts();
  }

  private static boolean planned(
      ClearingPlan plan, DuplicateGroup group, Interruption interruption) {
    plan.add(group);
    return interruption.isRequested() == false;
  }

  private ClearedAway clear(DuplicateJob job, Interruption interruption) {
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
    ClearedAway done = cleared.get();
    out.printf(
        Locale.ROOT,
        "%s %d documents of %d groups; %d groups that are cut off %s%n",
        (arguments.isConfirmed() ? "" : "would be ") + arguments.treatment().done() + ":",
        done.documents(),
        done.groups(),
        done.cappedGroups(),
        arguments.isConfirmed() ? "were left alone" : "would be left alone; --yes does it");
    if (done.skipped().isEmpty() == false) {
      out.println("skipped " + done.skipped().size() + ":");
    }
    for (Skipped skipped : done.skipped()) {
      out.println("  " + skipped);
    }
  }
}
