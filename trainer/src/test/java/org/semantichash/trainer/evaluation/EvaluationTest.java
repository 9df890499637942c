// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;
import org.semantichash.trainer.training.Dataset;

class EvaluationTest {

  private final RandomCodes random = new RandomCodes(11);

  private Dataset dataset(int n, List<int[]> labels) {
    return new Dataset(random.vectors(n, 5, 12), labels, 12);
  }

  private static String print(Evaluation evaluation) {
    StringWriter text = new StringWriter();
    evaluation.print(new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void eachFigureHasItsOwnName() {
    Dataset queries = dataset(20, random.labels(20));
    Dataset database = dataset(150, random.labels(150));
    List<BinaryCode> queryCodes = random.codes(20, 16);
    List<BinaryCode> codes = random.codes(150, 16);
    Evaluation evaluation = Evaluation.of(queries, queryCodes, database, codes, 30);
    RetrievalEvaluator evaluator = new RetrievalEvaluator(queries.labels(), database.labels(), 30);
    RetrievalScore byCode = evaluator.codes(queryCodes, codes);
    RetrievalScore byCosine = evaluator.cosine(queries.vectors(), database.vectors());
    NeighbourRecall recall = evaluation.comparison().neighbours();
    CodeStatistics statistics = CodeStatistics.of(codes);
    Map<String, Object> map = evaluation.toMap();
    Map<String, Object> expected =
        Map.ofEntries(
            Map.entry("k", 30),
            Map.entry("queries", byCode.queries()),
            Map.entry("database_documents", 150),
            Map.entry("precision_at_1", byCode.at1()),
            Map.entry("precision_at_10", byCode.at10()),
            Map.entry("precision_at_1_tf_idf_cosine", byCosine.at1()),
            Map.entry("precision_at_10_tf_idf_cosine", byCosine.at10()),
            Map.entry("precision", byCode.precision()),
            Map.entry("precision_worst_ties", byCode.worst()),
            Map.entry("precision_best_ties", byCode.best()),
            Map.entry("precision_tf_idf_cosine", byCosine.precision()),
            Map.entry("precision_chance", evaluator.chance()),
            Map.entry("map_at_k", byCode.meanAveragePrecision()),
            Map.entry("map_at_k_tf_idf_cosine", byCosine.meanAveragePrecision()),
            Map.entry("map_at_k_chance", evaluator.randomOrder().meanAveragePrecision()),
            Map.entry("neighbour_queries", recall.queries()),
            Map.entry("neighbour_recall_10_at_100", recall.of10()),
            Map.entry("neighbour_recall_100_at_100", recall.of100()),
            Map.entry("distinct_codes", statistics.distinct()),
            Map.entry("distinct_texts", (int) database.vectors().stream().distinct().count()),
            Map.entry("largest_bucket_documents", statistics.largestBucket()),
            Map.entry("largest_bucket_share", statistics.largestBucket() / 150.0),
            Map.entry(
                "documents_without_known_terms",
                (int) database.vectors().stream().filter(vector -> vector.size() == 0).count()),
            Map.entry("dead_bits", 0),
            Map.entry("share_of_ones", statistics.balance().mean()),
            Map.entry("min_share_of_ones", statistics.balance().min()),
            Map.entry("max_share_of_ones", statistics.balance().max()),
            Map.entry("mean_bit_entropy_bits", statistics.balance().meanEntropy()),
            Map.entry("min_bit_entropy_bits", statistics.balance().minEntropy()),
            Map.entry("mean_absolute_bit_correlation", statistics.correlation().mean()),
            Map.entry("max_absolute_bit_correlation", statistics.correlation().max()));
    assertEquals(expected, map);
    String table = print(evaluation);
    assertTrue(table.contains("mean average precision@30"), table);
    assertTrue(table.contains("pairs of bits"), table);
  }

  @Test
  void whatHasNoValueIsLeftOut() {
    List<int[]> unlabelled = Collections.nCopies(4, new int[0]);
    Dataset empty = new Dataset(Collections.nCopies(4, SparseVector.EMPTY), unlabelled, 12);
    List<BinaryCode> same = Collections.nCopies(4, BinaryCode.fromHex("a5", 8));
    Evaluation evaluation = Evaluation.of(empty, same, empty, same, 2);
    assertEquals(
        Set.of(
            "k",
            "queries",
            "database_documents",
            "distinct_codes",
            "distinct_texts",
            "largest_bucket_documents",
            "largest_bucket_share",
            "documents_without_known_terms",
            "dead_bits",
            "share_of_ones",
            "min_share_of_ones",
            "max_share_of_ones",
            "mean_bit_entropy_bits",
            "min_bit_entropy_bits"),
        evaluation.toMap().keySet());
    String table = print(evaluation);
    assertTrue(table.contains("no query has a label: no precision"), table);
    assertFalse(table.contains("nearest by TF-IDF") || table.contains("pairs of bits"), table);
  }
}
