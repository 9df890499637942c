// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.trainer.corpus.Document;
import org.semantichash.trainer.corpus.DocumentSource;
import org.semantichash.trainer.learning.Dataset;

/**
 * Reads documents twice, for the vocabulary and for their vectors, and keeps the vectors only.
 * Batches are analyzed by many threads and taken in their order, so the result does not depend on
 * the number of threads.
 */
final class FeatureReader {

  private final DocumentSource source;
  private final FeatureOptions options;
  private final int training;
  private final int validation;

  /** For each document its position in training, validation and test, which follow each other. */
  private final int[] positions;

  private int next;

  FeatureReader(DocumentSource source, Split<Integer> split, FeatureOptions options) {
    this.source = source;
    this.options = options;
    this.training = split.training().size();
    this.validation = split.validation().size();
    this.positions = new int[source.size()];
    List<Integer> order = new ArrayList<>(split.training());
    order.addAll(split.validation());
    order.addAll(split.test());
    for (int i = 0; i < positions.length; i++) {
      positions[order.get(i)] = i;
    }
  }

  Features read() {
    try (TextAnalyzer analyzer = new TextAnalyzer(options.analyzer())) {
      TfIdfVectorizer vectorizer = vectorizer(analyzer);
      SparseVector[] vectors = new SparseVector[positions.length];
      int[][] labelIds = new int[positions.length][];
      Labels labels = new Labels();
      next = 0;
      DocumentBatches.forEach(
          source,
          batch -> {
            List<SparseVector> transformed = Features.vectors(batch, analyzer, vectorizer);
            for (int i = 0; i < batch.size(); i++) {
              vectors[positions[next]] = transformed.get(i);
              labelIds[positions[next]] = labels.of(batch.get(i));
              next++;
            }
          });
      return features(vectorizer, Arrays.asList(vectors), Arrays.asList(labelIds));
    }
  }

  private TfIdfVectorizer vectorizer(TextAnalyzer analyzer) {
    Vocabulary.Builder builder = new Vocabulary.Builder();
    next = 0;
    DocumentBatches.forEach(
        source, batch -> trainingPart(batch, analyzer).forEach(builder::addDocument));
    return new TfIdfVectorizer(
        builder.build(options.minDf(), options.maxDf(), options.maxFeatures()), options.tfIdf());
  }

  /** The terms of those documents that are learned from. */
  private List<List<String>> trainingPart(List<Document> batch, TextAnalyzer analyzer) {
    List<Document> part = new ArrayList<>();
    for (Document document : batch) {
      if (positions[next++] < training) {
        part.add(document);
      }
    }
    return part.parallelStream().map(document -> analyzer.terms(document.text())).toList();
  }

  private Features features(
      TfIdfVectorizer vectorizer, List<SparseVector> vectors, List<int[]> labels) {
    int end = training + validation;
    int terms = vectorizer.vocabulary().size();
    return new Features(
        vectorizer,
        new Dataset(vectors.subList(0, training), labels.subList(0, training), terms),
        new Dataset(vectors.subList(training, end), labels.subList(training, end), terms),
        new Dataset(
            vectors.subList(end, vectors.size()), labels.subList(end, vectors.size()), terms));
  }
}
