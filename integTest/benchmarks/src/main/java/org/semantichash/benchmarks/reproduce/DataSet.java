// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.benchmarks.reproduce.Experiment.InputSpec;
import org.semantichash.benchmarks.reproduce.Experiment.SplitSpec;
import org.semantichash.trainer.corpus.Corpus;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.CorpusOptions;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.features.Features.FeatureOptions;
import org.semantichash.trainer.features.Split;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/** The documents of an experiment as vectors, for each split that is asked for. */
final class DataSet {

  private final List<Document> documents;
  private final Integer topics;
  private final FeatureOptions options;
  private final Map<SplitSpec, Features> features = new HashMap<>();

  private DataSet(List<Document> documents, Integer topics, FeatureOptions options) {
    this.documents = documents;
    this.topics = topics;
    this.options = options;
  }

  /**
   * Reads the reader's copy.
   *
   * @param folder where it lies
   * @throws IllegalArgumentException when the file does not exist or its digest is not the
   *     experiment's
   */
  static DataSet read(Experiment experiment, Path folder) throws IOException {
    InputSpec input = experiment.input();
    Path file = folder.resolve(input.file());
    if (Files.isRegularFile(file) == false) {
      throw new IllegalArgumentException(
          "data set ["
              + file
              + "] does not exist; --data names its folder. "
              + input.description());
    }
    String digest = sha256(Files.readAllBytes(file));
    if (digest.equals(input.sha256()) == false) {
      throw new IllegalArgumentException(
          "data set ["
              + file
              + "] must have sha-256 ["
              + input.sha256()
              + "], got ["
              + digest
              + "]");
    }
    Corpus corpus =
        Corpus.read(
            file,
            new CorpusOptions(
                input.textFields(),
                input.labelField(),
                true,
                "id",
                CorpusOptions.DuplicateIds.FAIL,
                Integer.MAX_VALUE,
                1));
    int minWords = input.minWords() == null ? 0 : input.minWords();
    List<Document> documents =
        corpus.documents().stream()
            .filter(document -> new StringTokenizer(document.text()).countTokens() >= minWords)
            .toList();
    return new DataSet(
        documents, input.topics(), FeatureOptionsReader.options(experiment.preprocessing()));
  }

  /** SHA-256 in hexadecimal. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java platform must have SHA-256
    }
  }

  /** The parts of a split; the same object each time. */
  synchronized Features features(SplitSpec split) {
    return features.computeIfAbsent(
        split,
        s ->
            Features.of(
                withTopics(Split.random(documents, s.validation(), s.test(), s.seed()), topics),
                options));
  }

  /**
   * The documents that have one of the labels of the most training documents, with these labels
   * only; of labels of as many the first in the alphabet.
   *
   * @param most how many labels, or null for all
   */
  static Split<Document> withTopics(Split<Document> split, Integer most) {
    if (most == null) {
      return split;
    }
    Map<String, Integer> counts = new TreeMap<>();
    for (Document document : split.training()) {
      document.labels().forEach(label -> counts.merge(label, 1, Integer::sum));
    }
    Set<String> kept =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(most)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return new Split<>(
        withLabels(split.training(), kept),
        withLabels(split.validation(), kept),
        withLabels(split.test(), kept));
  }

  private static List<Document> withLabels(List<Document> documents, Set<String> kept) {
    return documents.stream()
        .map(
            document ->
                new Document(
                    document.id(),
                    document.text(),
                    document.labels().stream().filter(kept::contains).toList()))
        .filter(document -> document.labels().isEmpty() == false)
        .toList();
  }

  /** Options of texts to vectors, by name; what is not named has the command line's default. */
  static final class FeatureOptionsReader {

    private static final String STOP_WORDS = "stop_words";

    private FeatureOptionsReader() {}

    /**
     * The options.
     *
     * @param given stop_words is a language, everything else as in a model file
     * @throws IllegalArgumentException for a name or value that is not known
     */
    static FeatureOptions options(Map<String, String> given) {
      Map<String, String> analyzer = AnalyzerSpec.defaults().toProperties();
      Map<String, String> tfIdf = TfIdfOptions.DEFAULT.toProperties();
      Map<String, String> vocabulary = FeatureOptions.DEFAULTS.toProperties();
      requireKnown(given.keySet(), analyzer.keySet(), tfIdf.keySet(), vocabulary.keySet());
      overlay(analyzer, given);
      if (given.containsKey(STOP_WORDS)) {
        analyzer.put(STOP_WORDS, String.join(" ", AnalyzerSpec.stopWords(given.get(STOP_WORDS))));
      }
      overlay(tfIdf, given);
      overlay(vocabulary, given);
      OptionReader numbers = new OptionReader("preprocessing", vocabulary);
      return new FeatureOptions(
          AnalyzerSpec.fromProperties(analyzer),
          TfIdfOptions.fromProperties(tfIdf),
          numbers.number("min_df", 0),
          numbers.number("max_df", 0),
          numbers.integer("max_features", 0));
    }

    private static void overlay(Map<String, String> defaults, Map<String, String> given) {
      defaults.replaceAll((name, value) -> given.getOrDefault(name, value));
    }

    @SafeVarargs
    private static void requireKnown(Set<String> given, Set<String>... known) {
      Set<String> all = new TreeSet<>();
      for (Set<String> names : known) {
        all.addAll(names);
      }
      for (String name : given) {
        if (all.contains(name) == false) {
          throw new IllegalArgumentException(
              "[preprocessing] option [" + name + "] is unknown; known are " + all);
        }
      }
    }

    /** Everything that decides about the vectors, defaults included. */
    static Map<String, String> properties(FeatureOptions options) {
      Map<String, String> all = new TreeMap<>(options.toProperties());
      all.putAll(options.analyzer().toProperties());
      all.putAll(options.tfIdf().toProperties());
      return all;
    }
  }
}
