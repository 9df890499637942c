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

  /** The defaults. */
  public static final FeatureOptions DEFAULTS =
      new FeatureOptions(AnalyzerSpec.DEFAULT, TfIdfOptions.DEFAULT, 2, 0.5, 10_000);

  /** The options that the model's analyzer and vectorizer do not tell. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("min_df", Double.toString(minDf));
    properties.put("max_df", Double.toString(maxDf));
    properties.put("max_features", Integer.toString(maxFeatures));
    return properties;
  }
}
