// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.bagofwords.TfIdfVectorizer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;
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
        new LabelIds().of(documents),
        vectorizer.vocabulary().size());
  }

  static List<SparseVector> vectors(
      List<Document> documents, TextAnalyzer analyzer, TfIdfVectorizer vectorizer) {
    return documents.parallelStream()
        .map(document -> vectorizer.transform(analyzer.terms(document.text())))
        .toList();
  }

  /**
   * Reads documents twice, for the vocabulary and for their vectors, and keeps the vectors only.
   * Batches are analyzed by many threads and taken in their order, so the result does not depend on
   * the number of threads.
   */
  static final class FeatureReader {

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
        LabelIds labels = new LabelIds();
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

  /** Label names to ids, in the order in which they are first seen. */
  static final class LabelIds {

    private final Map<String, Integer> ids = new HashMap<>();

    /** The ids of a document's labels, ascending. */
    int[] of(Document document) {
      return document.labels().stream()
          .mapToInt(label -> ids.computeIfAbsent(label, unused -> ids.size()))
          .distinct()
          .sorted()
          .toArray();
    }

    List<int[]> of(List<Document> documents) {
      return documents.stream().map(this::of).toList();
    }
  }

  /** Cuts a stream of documents into batches of a bounded size, which threads can share. */
  static final class DocumentBatches {

    private static final int MAX_DOCUMENTS = 4096;
    private static final int MAX_CHARACTERS = 1 << 24;

    private final Consumer<List<Document>> sink;
    private List<Document> batch = new ArrayList<>();
    private long characters;

    private DocumentBatches(Consumer<List<Document>> sink) {
      this.sink = sink;
    }

    /** Hands over all documents, in their order. */
    static void forEach(DocumentSource source, Consumer<List<Document>> sink) {
      DocumentBatches batches = new DocumentBatches(sink);
      source.forEach(batches::add);
      batches.flush();
    }

    private void add(Document document) {
      batch.add(document);
      characters += document.text().length();
      if (batch.size() == MAX_DOCUMENTS || characters >= MAX_CHARACTERS) {
        flush();
      }
    }

    private void flush() {
      if (batch.isEmpty() == false) {
        sink.accept(batch);
        batch = new ArrayList<>();
        characters = 0;
      }
    }
  }

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

    /** The same with another analyzer. */
    public FeatureOptions withAnalyzer(AnalyzerSpec other) {
      return new FeatureOptions(other, tfIdf, minDf, maxDf, maxFeatures);
    }

    /** The options that the model's analyzer and vectorizer do not tell. */
    public Map<String, String> toProperties() {
      Map<String, String> properties = new TreeMap<>();
      properties.put("min_df", Double.toString(minDf));
      properties.put("max_df", Double.toString(maxDf));
      properties.put("max_features", Integer.toString(maxFeatures));
      return properties;
    }
  }
}
