// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.features;

import java.util.Map;
import java.util.TreeMap;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.bagofwords.TfIdfOptions;

/**
 * How texts become vectors.
 *
 * @param analyzer text to terms
 * @param tfIdf terms to weights
 * @param minDf least number of documents, or share of them below 1, that a term must occur in
 * @param maxDf largest share of the documents, or number above 1, that a term may occur in
 * @param maxFeatures most terms, those that occur most often
 */
public record FeatureOptions(
    AnalyzerSpec analyzer, TfIdfOptions tfIdf, double minDf, double maxDf, int maxFeatures) {

  public static final FeatureOptions DEFAULTS =
      new FeatureOptions(AnalyzerSpec.defaults(), TfIdfOptions.DEFAULT, 2, 0.5, 10_000);

  /** The options that the model's analyzer and vectorizer do not tell. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("min_df", Double.toString(minDf));
    properties.put("max_df", Double.toString(maxDf));
    properties.put("max_features", Integer.toString(maxFeatures));
    return properties;
  }
}
