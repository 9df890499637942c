// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.semantichash.trainer.report.RetrievalScore;

/**
 * Precision of the 100 nearest, the mean over the test documents.
 *
 * @param at100 the expected value when ties are broken at random
 * @param worst when every tie is broken against us
 * @param best when every tie is broken for us
 * @param meanAveragePrecision of the 100 nearest, with ties broken at random
 */
public record Precision(
    @JsonProperty("precision_at_100") double at100,
    @JsonProperty("precision_worst_ties") double worst,
    @JsonProperty("precision_best_ties") double best,
    @JsonProperty("map_at_100") double meanAveragePrecision) {

  static Precision of(RetrievalScore score) {
    return new Precision(
        score.precision(), score.worst(), score.best(), score.meanAveragePrecision());
  }
}
