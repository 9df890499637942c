// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.learning.Dataset;

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
}
