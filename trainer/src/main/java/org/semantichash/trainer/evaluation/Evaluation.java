// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.RelevanceJudgments.LabelCheck;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.Comparison;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;
import org.semantichash.trainer.training.Dataset;

/**
 * How good codes are, beside exact TF-IDF cosine on the same vectors and beside chance.
 *
 * @param k how many of the nearest count
 * @param database documents searched
 * @param comparison of the codes with exact cosine
 * @param chance what a random order gets
 * @param statistics of the database's codes
 * @param coverage of the database's texts
 * @param labelProblem why a precision says nothing; empty when it does, or there is none
 */
public record Evaluation(
    int k,
    int database,
    Comparison comparison,
    RetrievalScore chance,
    CodeStatistics statistics,
    TermCoverage coverage,
    Optional<String> labelProblem) {

  /** The usual k of the papers. */
  public static final int DEFAULT_K = 100;

  /** Searches every query among the documents of the database. */
  public static Evaluation of(
      Dataset queries,
      List<BinaryCode> queryCodes,
      Dataset database,
      List<BinaryCode> databaseCodes,
      int k) {
    RetrievalEvaluator evaluator = new RetrievalEvaluator(queries.labels(), database.labels(), k);
    return new Evaluation(
        k,
        database.size(),
        evaluator.compare(queries.vectors(), queryCodes, database.vectors(), databaseCodes),
        evaluator.randomOrder(),
        CodeStatistics.of(databaseCodes),
        TermCoverage.of(database.vectors()),
        queries.isLabelled() ? new LabelCheck(queries, database).problem() : Optional.empty());
  }

  /** Everything by name, units in the names; no precision when no query has a label. */
  public Map<String, Object> toMap() {
    return EvaluationFigures.of(this);
  }

  /** What is wrong with the codes, see {@link CodeStatistics#warning}. */
  public Optional<String> warning() {
    return statistics.warning(coverage);
  }

  /** Prints a table. */
  public void print(PrintWriter out) {
    EvaluationTable.print(this, out);
  }

  /**
   * The figures of an evaluation by name, units in the names. What has no value is left out:
   * without labels there is no precision, which is not one of 0.
   */
  static final class EvaluationFigures {

    private final Map<String, Object> figures = new LinkedHashMap<>();

    private EvaluationFigures() {}

    static Map<String, Object> of(Evaluation evaluation) {
      EvaluationFigures figures = new EvaluationFigures();
      figures.put("k", evaluation.k());
      figures.put("queries", evaluation.comparison().codes().queries());
      figures.put("database_documents", evaluation.database());
      if (evaluation.comparison().codes().queries() > 0) {
        figures.putScores(evaluation.comparison(), evaluation.chance());
      }
      if (evaluation.comparison().neighbours().queries() > 0) {
        figures.putRecall(evaluation.comparison().neighbours());
      }
      figures.putStatistics(evaluation.statistics(), evaluation.coverage().distinct());
      figures.put("documents_without_known_terms", evaluation.coverage().withoutTerms());
      return figures.figures;
    }

    private void put(String name, Object value) {
      figures.put(name, value);
    }

    private void putScores(Comparison comparison, RetrievalScore chance) {
      put("precision_at_1", comparison.codes().at1());
      put("precision_at_10", comparison.codes().at10());
      put("precision_at_1_tf_idf_cosine", comparison.cosine().at1());
      put("precision_at_10_tf_idf_cosine", comparison.cosine().at10());
      put("precision", comparison.codes().precision());
      put("precision_worst_ties", comparison.codes().worst());
      put("precision_best_ties", comparison.codes().best());
      put("precision_tf_idf_cosine", comparison.cosine().precision());
      put("precision_chance", chance.precision());
      put("map_at_k", comparison.codes().meanAveragePrecision());
      put("map_at_k_tf_idf_cosine", comparison.cosine().meanAveragePrecision());
      put("map_at_k_chance", chance.meanAveragePrecision());
    }

    private void putRecall(NeighbourRecall recall) {
      put("neighbour_queries", recall.queries());
      put("neighbour_recall_10_at_100", recall.of10());
      put("neighbour_recall_100_at_100", recall.of100());
    }

    private void putStatistics(CodeStatistics statistics, int distinctTexts) {
      put("distinct_codes", statistics.distinct());
      put("distinct_texts", distinctTexts);
      put("largest_bucket_documents", statistics.largestBucket());
      put("largest_bucket_share", statistics.largestBucketShare());
      put("dead_bits", statistics.deadBits());
      put("share_of_ones", statistics.ones());
      put("min_share_of_ones", statistics.balance().min());
      put("max_share_of_ones", statistics.balance().max());
      put("mean_bit_entropy_bits", statistics.entropy());
      put("min_bit_entropy_bits", statistics.balance().minEntropy());
      if (statistics.correlation().pairs() > 0) {
        put("mean_absolute_bit_correlation", statistics.correlation().mean());
        put("max_absolute_bit_correlation", statistics.correlation().max());
      }
    }
  }

  /** An evaluation as lines for people to read. */
  static final class EvaluationTable {

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
      table.line(
          "texts: %d distinct of %d", evaluation.coverage().distinct(), evaluation.database());
      out.println(evaluation.coverage().line());
    }

    private void line(String format, Object... values) {
      out.printf(Locale.ROOT, format + "%n", values);
    }

    private void scores(Evaluation evaluation) {
      RetrievalScore codes = evaluation.comparison().codes();
      line(
          "precision of the first, the 10 and the %d nearest, %d queries, %d documents",
          evaluation.k(), codes.queries(), evaluation.database());
      precisions("codes", codes);
      precisions("TF-IDF cosine", evaluation.comparison().cosine());
      precisions("chance", evaluation.chance());
      line(
          "  codes, %d nearest: ties at worst %.4f, at best %.4f",
          evaluation.k(), codes.worst(), codes.best());
      Comparison comparison = evaluation.comparison();
      PairedDifference.each(comparison.eachByCosine(), comparison.eachByCode())
          .forEach(
              (name, difference) ->
                  line(
                      "  codes - cosine, %-6s %s",
                      name.replace("at_k", "at " + evaluation.k()).replace('_', ' '),
                      difference.text()));
      line("mean average precision@%d", evaluation.k());
      line("  codes          %.4f", codes.meanAveragePrecision());
      line("  TF-IDF cosine  %.4f", evaluation.comparison().cosine().meanAveragePrecision());
      line("  chance         %.4f", evaluation.chance().meanAveragePrecision());
    }

    private void precisions(String name, RetrievalScore score) {
      line("  %-14s %.4f  %.4f  %.4f", name, score.at1(), score.at10(), score.precision());
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

  /**
   * How many texts the vocabulary says anything of. A text without a known term gets the empty
   * code, whatever it is about.
   *
   * @param texts all
   * @param distinct how many differ in their known terms or how often these occur
   * @param withoutTerms those without a known term
   */
  public record TermCoverage(int texts, int distinct, int withoutTerms) {

    private static final double WARNING_SHARE = 0.2;

    /** Of texts as vectors. */
    public static TermCoverage of(List<SparseVector> vectors) {
      int without = (int) vectors.stream().filter(vector -> vector.size() == 0).count();
      return new TermCoverage(vectors.size(), new HashSet<>(vectors).size(), without);
    }

    /** For example [12 of 4000 texts (0.3 %) have no known term]. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%d of %d texts (%.1f %%) have no known term",
          withoutTerms,
          texts,
          100.0 * withoutTerms / Math.max(1, texts));
    }

    /** What is wrong when many texts have no known term. */
    public Optional<String> warning() {
      return withoutTerms > WARNING_SHARE * texts
          ? Optional.of(
              line()
                  + " and get the empty code; look at --language (cjk for Chinese, Japanese and"
                  + " Korean), --tokenizer, --min-df, --max-df and --stop-words")
          : Optional.empty();
    }
  }
}
