// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of an evaluation by name, units in the names. What has no value is left out: without
 * labels there is no precision, which is not one of 0.
 */
final class EvaluationFigures {

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
    figures.putStatistics(evaluation.statistics());
    figures.put("documents_without_known_terms", evaluation.coverage().withoutTerms());
    return figures.figures;
  }

  private void put(String name, Object value) {
    figures.put(name, value);
  }

  private void putScores(Comparison comparison, RetrievalScore chance) {
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

  private void putStatistics(CodeStatistics statistics) {
    put("distinct_codes", statistics.distinct());
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
