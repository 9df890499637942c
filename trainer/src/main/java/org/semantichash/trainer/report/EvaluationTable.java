// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.io.PrintWriter;
import java.util.Locale;

/** An evaluation as lines for people to read. */
final class EvaluationTable {

  private final PrintWriter out;

  EvaluationTable(PrintWriter out) {
    this.out = out;
  }

  static void print(Evaluation evaluation, PrintWriter out) {
    EvaluationTable table = new EvaluationTable(out);
    if (evaluation.comparison().codes().queries() > 0) {
      table.scores(evaluation);
      evaluation
          .labelProblem()
          .ifPresent(problem -> out.println("  these say nothing of the codes: " + problem));
    } else {
      out.println("no query has a label: no precision");
    }
    if (evaluation.comparison().neighbours().queries() > 0) {
      table.recall(evaluation.comparison().neighbours());
    }
    table.statistics(evaluation.statistics());
    out.println(evaluation.coverage().line());
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  private void scores(Evaluation evaluation) {
    RetrievalScore codes = evaluation.comparison().codes();
    line(
        "precision@%d, %d queries, %d documents",
        evaluation.k(), codes.queries(), evaluation.database());
    line(
        "  codes          %.4f  (ties at worst %.4f, at best %.4f)",
        codes.precision(), codes.worst(), codes.best());
    line("  TF-IDF cosine  %.4f", evaluation.comparison().cosine().precision());
    line("  chance         %.4f", evaluation.chance().precision());
    line("mean average precision@%d", evaluation.k());
    line("  codes          %.4f", codes.meanAveragePrecision());
    line("  TF-IDF cosine  %.4f", evaluation.comparison().cosine().meanAveragePrecision());
    line("  chance         %.4f", evaluation.chance().meanAveragePrecision());
  }

  private void recall(NeighbourRecall recall) {
    line(
        "nearest by TF-IDF cosine among the %d nearest codes: of 10 %.1f %%, of 100 %.1f %%",
        NeighbourRecall.AT, 100 * recall.of10(), 100 * recall.of100());
  }

  void statistics(CodeStatistics statistics) {
    line(
        "codes: %d distinct of %d, largest bucket %d (%.1f %%), dead bits %d, ones %.1f %%,"
            + " entropy a bit %.3f",
        statistics.distinct(),
        statistics.documents(),
        statistics.largestBucket(),
        100 * statistics.largestBucketShare(),
        statistics.deadBits(),
        100 * statistics.ones(),
        statistics.entropy());
    line(
        "bits: ones %.1f %% to %.1f %%, least entropy %.3f",
        100 * statistics.balance().min(),
        100 * statistics.balance().max(),
        statistics.balance().minEntropy());
    if (statistics.correlation().pairs() > 0) {
      line(
          "pairs of bits: absolute correlation %.3f on average, at most %.3f",
          statistics.correlation().mean(), statistics.correlation().max());
    }
  }
}
