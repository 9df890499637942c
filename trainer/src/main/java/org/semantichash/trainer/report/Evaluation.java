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
package org.semantichash.trainer.report;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.learning.Dataset;

/**
 * How good codes are, beside exact TF-IDF cosine on the same vectors and beside chance.
 *
 * @param k how many of the nearest count
 * @param database documents searched
 * @param codes precision by Hamming distance
 * @param cosine precision by exact cosine
 * @param chance precision of a random order
 * @param statistics of the database's codes
 */
public record Evaluation(
    int k,
    int database,
    RetrievalScore codes,
    RetrievalScore cosine,
    double chance,
    CodeStatistics statistics) {

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
        evaluator.codes(queryCodes, databaseCodes),
        evaluator.cosine(queries.vectors(), database.vectors()),
        evaluator.chance(),
        CodeStatistics.of(databaseCodes));
  }

  /** Everything by name, units in the names; no precision when no query has a label. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("k", k);
    map.put("queries", codes.queries());
    map.put("database_documents", database);
    if (codes.queries() > 0) { // without labels there is no precision, which is not one of 0
      map.put("precision", codes.precision());
      map.put("precision_worst_ties", codes.worst());
      map.put("precision_best_ties", codes.best());
      map.put("precision_tf_idf_cosine", cosine.precision());
      map.put("precision_chance", chance);
    }
    map.put("distinct_codes", statistics.distinct());
    map.put("largest_bucket_documents", statistics.largestBucket());
    map.put("dead_bits", statistics.deadBits());
    map.put("share_of_ones", statistics.ones());
    map.put("mean_bit_entropy_bits", statistics.entropy());
    return map;
  }

  /** What is wrong with the codes, when they tell hardly anything apart or waste bits. */
  public Optional<String> warning() {
    if (statistics.isCollapsed()) {
      return Optional.of(
          "collapsed codes: fewer than 1 % are distinct; train with a smaller --kl-weight or more"
              + " --epochs");
    }
    return statistics.deadBits() == 0
        ? Optional.empty()
        : Optional.of(
            "bits that are the same in every code: "
                + statistics.deadBits()
                + "; train with a smaller --kl-weight or fewer --bits");
  }

  /** Prints a table. */
  public void print(PrintWriter out) {
    if (codes.queries() > 0) {
      out.printf(
          Locale.ROOT, "precision@%d, %d queries, %d documents%n", k, codes.queries(), database);
      out.printf(
          Locale.ROOT,
          "  codes          %.4f  (ties at worst %.4f, at best %.4f)%n",
          codes.precision(),
          codes.worst(),
          codes.best());
      out.printf(Locale.ROOT, "  TF-IDF cosine  %.4f%n", cosine.precision());
      out.printf(Locale.ROOT, "  chance         %.4f%n", chance);
    } else {
      out.println("no query has a label: no precision");
    }
    out.printf(
        Locale.ROOT,
        "codes: %d distinct of %d, largest bucket %d, dead bits %d, ones %.1f %%,"
            + " entropy a bit %.3f%n",
        statistics.distinct(),
        statistics.documents(),
        statistics.largestBucket(),
        statistics.deadBits(),
        100 * statistics.ones(),
        statistics.entropy());
  }
}
