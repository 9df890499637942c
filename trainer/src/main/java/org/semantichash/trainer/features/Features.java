// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.features;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.trainer.corpus.Document;
import org.semantichash.trainer.corpus.DocumentSource;
import org.semantichash.trainer.training.Dataset;

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

  /**
   * Reads every text twice: for the vocabulary, and for its vector.
   *
   * @param split of the numbers of the documents, from 0 in the order of the source
   */
  public static Features of(DocumentSource source, Split<Integer> split, FeatureOptions options) {
    return new FeatureReader(source, split, options).read();
  }

  /** Of documents in memory. */
  public static Features of(Split<Document> split, FeatureOptions options) {
    List<Document> all = new ArrayList<>(split.training());
    all.addAll(split.validation());
    all.addAll(split.test());
    int training = split.training().size();
    int end = training + split.validation().size();
    Split<Integer> numbers =
        new Split<>(numbers(0, training), numbers(training, end), numbers(end, all.size()));
    return of(DocumentSource.of(all), numbers, options);
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /** Documents as a given vectorizer sees them. */
  public static Dataset dataset(
      List<Document> documents, TextAnalyzer analyzer, TfIdfVectorizer vectorizer) {
    return new Dataset(
        vectors(documents, analyzer, vectorizer),
        new Labels().of(documents),
        vectorizer.vocabulary().size());
  }

  static List<SparseVector> vectors(
      List<Document> documents, TextAnalyzer analyzer, TfIdfVectorizer vectorizer) {
    return documents.parallelStream()
        .map(document -> vectorizer.transform(analyzer.terms(document.text())))
        .toList();
  }
}
