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

import java.util.List;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.VocabularyBuilder;
import org.semantichash.trainer.corpus.Document;
import org.semantichash.trainer.learning.Dataset;

/**
 * What is learned from and measured on. The vocabulary knows the training part only.
 *
 * @param vectorizer terms to weights
 * @param training learned from
 * @param validation chooses the epoch and checks the export
 * @param test looked at once, at the end
 */
public record Features(
    TfIdfVectorizer vectorizer, Dataset training, Dataset validation, Dataset test) {

  /** Reads every text twice: for the vocabulary, and for its vector. */
  public static Features of(Split<Document> split, FeatureOptions options) {
    try (TextAnalyzer analyzer = new TextAnalyzer(options.analyzer())) {
      VocabularyBuilder builder = new VocabularyBuilder();
      split.training().forEach(document -> builder.addDocument(analyzer.terms(document.text())));
      TfIdfVectorizer vectorizer =
          new TfIdfVectorizer(
              builder.build(options.minDf(), options.maxDf(), options.maxFeatures()),
              options.tfIdf());
      Labels labels = new Labels();
      return new Features(
          vectorizer,
          dataset(split.training(), analyzer, vectorizer, labels),
          dataset(split.validation(), analyzer, vectorizer, labels),
          dataset(split.test(), analyzer, vectorizer, labels));
    }
  }

  /** Documents as a given vectorizer sees them. */
  public static Dataset dataset(
      List<Document> documents, TextAnalyzer analyzer, TfIdfVectorizer vectorizer) {
    return dataset(documents, analyzer, vectorizer, new Labels());
  }

  private static Dataset dataset(
      List<Document> documents, TextAnalyzer analyzer, TfIdfVectorizer vectorizer, Labels labels) {
    List<SparseVector> vectors =
        documents.parallelStream()
            .map(document -> vectorizer.transform(analyzer.terms(document.text())))
            .toList();
    return new Dataset(vectors, labels.of(documents), vectorizer.vocabulary().size());
  }
}
