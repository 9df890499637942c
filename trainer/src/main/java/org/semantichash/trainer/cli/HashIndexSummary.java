// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.semantichash.trainer.indexing.HashModel;
import org.semantichash.trainer.indexing.Tally;
import org.semantichash.trainer.indexing.Tally.Outcome;

/**
 * What was done.
 *
 * @param model the model
 * @param tally what became of the documents
 * @param unfinished ids of documents that are still to be done, because others write them
 * @param notes what else is to be known
 * @param seconds how long it took
 * @param interrupted whether it was stopped
 */
record HashIndexSummary(
    HashModel model,
    Tally tally,
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
      err.println("interrupted; the same command goes on where this one stopped");
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
