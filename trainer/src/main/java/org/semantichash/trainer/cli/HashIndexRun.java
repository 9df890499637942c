// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.cluster.Retry;
import org.semantichash.trainer.indexing.DryRun;
import org.semantichash.trainer.indexing.HashModel;
import org.semantichash.trainer.indexing.HashPlan;
import org.semantichash.trainer.indexing.HashTally;
import org.semantichash.trainer.indexing.HashTally.Outcome;
import org.semantichash.trainer.indexing.InPlaceHasher;
import org.semantichash.trainer.indexing.IndexCopy;
import org.semantichash.trainer.indexing.NewIndex.AliasSwitch;
import org.semantichash.trainer.indexing.TextField;

/** Hashes an index as the arguments say, and prints the outcome. */
final class HashIndexRun {

  private final RunOptions options;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * Where the codes go, and what is told.
   *
   * @param into the new index; null when the codes go into the documents where they are
   * @param alias to move to it; null for none
   * @param blockWrites whether writes to the old index are blocked at the end
   * @param dryRun whether nothing is written
   * @param json whether the outcome is one line of JSON
   */
  record RunOptions(String into, String alias, boolean blockWrites, boolean dryRun, boolean json) {}

  HashIndexRun(RunOptions options, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  int run(Rest rest, HashModel model, HashPlan plan) {
    new TextField(rest, plan.text())
        .check(plan.index())
        .ifPresent(warning -> err.println("WARNING: " + warning));
    if (options.dryRun()) {
      show(DryRun.of(rest, plan, model, options.into() != null), model, plan);
      return 0;
    }
    long start = System.nanoTime();
    try (Interruption interruption = new Interruption(err);
        Terminal.Progress progress = new Terminal.Progress(err, Terminal.isInteractive())) {
      Retry retry = Retry.usual(interruption::isRequested);
      HashIndexResult done =
          options.into() == null
              ? inPlace(
                  new InPlaceHasher(rest, retry, plan, model, progress, interruption::isRequested))
              : copy(
                  rest,
                  plan,
                  new IndexCopy(
                      rest,
                      retry,
                      plan,
                      model,
                      options.into(),
                      progress,
                      interruption::isRequested));
      progress.end();
      HashIndexSummary summary =
          new HashIndexSummary(
              model,
              done.tally(),
              done.unfinished(),
              done.notes(),
              (System.nanoTime() - start) / 1e9,
              interruption.isRequested());
      summary.print(out, err, options.json());
      return summary.exitCode();
    }
  }

  private record HashIndexResult(HashTally tally, List<String> unfinished, List<String> notes) {}

  private static HashIndexResult inPlace(InPlaceHasher hashing) {
    hashing.run();
    return new HashIndexResult(hashing.tally(), hashing.conflicts(), hashing.notes());
  }

  private HashIndexResult copy(Rest rest, HashPlan plan, IndexCopy copy) {
    String alias = options.alias();
    AliasSwitch move = new AliasSwitch(rest, alias, plan.index(), options.into());
    if (alias != null) {
      move.check();
    }
    if (copy.run(options.blockWrites()) == false) {
      return new HashIndexResult(
          copy.tally(),
          List.of(plan.index()),
          List.of(
              "the copy is not up to date yet, so nothing was switched; run the same command again,"
                  + " with --block-writes if writes never pause"));
    }
    List<String> notes = new ArrayList<>();
    long kept = copy.tally().of(Outcome.KEPT);
    if (kept > 0) {
      notes.add(
          "["
              + kept
              + "] documents are in index ["
              + options.into()
              + "] only and stay there: they were written into it, or deleted in ["
              + plan.index()
              + "], since it was finished");
    }
    if (alias != null) {
      move.run();
      notes.add("alias [" + alias + "] stands for index [" + options.into() + "] now");
    }
    return new HashIndexResult(copy.tally(), List.of(), notes);
  }

  private void show(DryRun dryRun, HashModel model, HashPlan plan) {
    if (options.json()) {
      out.println(Json.line(fields(dryRun, model)));
      return;
    }
    out.println("would write nothing else than this:");
    out.println("model [" + model.name() + "], " + model.bits() + " bits, " + model.digest());
    for (var field : dryRun.fields()) {
      out.println(
          "index ["
              + field.index()
              + "]: field ["
              + plan.target()
              + "] "
              + (field.exists() ? "exists" : "would be added"));
    }
    out.println(
        dryRun.selected() + " of " + dryRun.documents() + " documents would be read and hashed");
    dryRun.codes().forEach((id, code) -> out.println("for example " + id + "\t" + code));
  }

  private static Map<String, Object> fields(DryRun dryRun, HashModel model) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", model.name().value());
    fields.put("digest", model.digest());
    fields.put("documents", dryRun.documents());
    fields.put("selected", dryRun.selected());
    fields.put("codes", dryRun.codes());
    return fields;
  }

  /**
   * What was done.
   *
   * @param model the model
   * @param tally what became of the documents
   * @param unfinished ids of documents that are still to be done, because others write them
   * @param notes what else the user should know
   * @param seconds how long it took
   * @param interrupted whether it was stopped
   */
  record HashIndexSummary(
      HashModel model,
      HashTally tally,
      List<String> unfinished,
      List<String> notes,
      double seconds,
      boolean interrupted) {

    private static final int SHOWN = 20;

    int exitCode() {
      if (interrupted) {
        return Interruption.EXIT_CODE;
      }
      return tally.of(Outcome.FAILED) > 0 || unfinished.isEmpty() == false ? 1 : 0;
    }

    void print(PrintWriter out, PrintWriter err, boolean json) {
      if (json) {
        out.println(Json.line(fields()));
      } else {
        text(out);
      }
      tally.failures().forEach(failure -> err.println("failed: " + failure));
      if (unfinished.isEmpty() == false) {
        err.println(
            "changed by others whenever they were to be written: "
                + unfinished.subList(0, Math.min(SHOWN, unfinished.size()))
                + (unfinished.size() > SHOWN ? " and more" : ""));
      }
      notes.forEach(err::println);
      if (interrupted) {
        err.println("interrupted; run the same command again to resume");
      }
    }

    private void text(PrintWriter out) {
      for (Outcome outcome : Outcome.values()) {
        if (outcome == Outcome.WRITTEN || tally.of(outcome) > 0) {
          out.printf(
              Locale.ROOT, "%-20s %,12d%n", outcome.key().replace('_', ' '), tally.of(outcome));
        }
      }
      out.printf(
          Locale.ROOT, "%.1f s, %.0f documents/s%n", seconds, tally.of(Outcome.WRITTEN) / seconds);
    }

    private Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("model", model.name().value());
      fields.put("digest", model.digest());
      for (Outcome outcome : Outcome.values()) {
        fields.put(outcome.key(), tally.of(outcome));
      }
      fields.put("failures", tally.failures());
      fields.put("unfinished", unfinished);
      fields.put("seconds", seconds);
      fields.put("interrupted", interrupted);
      return fields;
    }
  }
}
