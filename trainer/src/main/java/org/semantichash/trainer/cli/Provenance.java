// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.semantichash.trainer.cli.SemanticHash.Versions;
import org.semantichash.trainer.corpus.CorpusOptions;
import org.semantichash.trainer.corpus.StreamedCorpus;
import org.semantichash.trainer.evaluation.CodeStatistics;
import org.semantichash.trainer.evaluation.Evaluation;
import org.semantichash.trainer.evaluation.Evaluation.TermCoverage;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.training.TrainingListener.TrainingSummary;

/** Where a model comes from, as its file keeps it. */
final class Provenance {

  /** The key of what is wrong with the codes; not there when nothing is. */
  static final String WARNING = "warning";

  private static final String DOCUMENTS = "training_documents";
  private static final String WITHOUT_TERMS = "training_documents_without_known_terms";
  private static final String DISTINCT_CODES = "training_distinct_codes";
  private static final String LARGEST_BUCKET = "training_largest_bucket_documents";

  private Provenance() {}

  /** What a file says of the codes of its training documents; empty for older files. */
  static Optional<String> codes(Map<String, String> provenance) {
    if (provenance.containsKey(LARGEST_BUCKET) == false) {
      return Optional.empty();
    }
    double documents = Double.parseDouble(provenance.get(DOCUMENTS));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s distinct of %.0f, largest bucket %s (%.1f %%), %s texts without a known term",
            provenance.get(DISTINCT_CODES),
            documents,
            provenance.get(LARGEST_BUCKET),
            100 * Double.parseDouble(provenance.get(LARGEST_BUCKET)) / documents,
            provenance.get(WITHOUT_TERMS)));
  }

  /**
   * Everything that a model file says about where it comes from.
   *
   * @param summary the epochs
   * @param quantisation what the network lost when it became one of integers
   * @param interrupted whether Ctrl-C ended the training
   * @param evaluation null when no documents were held out
   * @param statistics of the codes of the training documents
   * @param created the time that goes into the file
   */
  static Map<String, String> of(
      StreamedCorpus corpus,
      Features features,
      TrainingSummary summary,
      Map<String, String> quantisation,
      boolean interrupted,
      Evaluation evaluation,
      CodeStatistics statistics,
      Instant created) {
    Map<String, String> provenance = new TreeMap<>(input(corpus));
    provenance.putAll(quantisation);
    provenance.put("epochs_run", Integer.toString(summary.epochs()));
    provenance.put("best_epoch", Integer.toString(summary.bestEpoch()));
    provenance.put("interrupted", Boolean.toString(interrupted));
    provenance.put(DOCUMENTS, Integer.toString(features.training().size()));
    provenance.put("validation_documents", Integer.toString(features.validation().size()));
    provenance.put("test_documents", Integer.toString(features.test().size()));
    provenance.put("trainer_version", Versions.trainer());
    provenance.put("onnxruntime_version", Versions.onnxRuntime());
    provenance.put("lucene_version", Versions.lucene());
    provenance.put("java_version", System.getProperty("java.version"));
    provenance.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    provenance.put("created", created.toString());
    TermCoverage coverage = TermCoverage.of(features.training().vectors());
    provenance.put(WITHOUT_TERMS, Integer.toString(coverage.withoutTerms()));
    provenance.put(DISTINCT_CODES, Integer.toString(statistics.distinct()));
    provenance.put(LARGEST_BUCKET, Integer.toString(statistics.largestBucket()));
    statistics.warning(coverage).ifPresent(text -> provenance.put(WARNING, text));
    if (evaluation != null) {
      evaluation
          .toMap()
          .forEach((name, value) -> provenance.put("test." + name, String.valueOf(value)));
    }
    return provenance;
  }

  private static Map<String, String> input(StreamedCorpus corpus) {
    CorpusOptions options = corpus.options();
    boolean all = options.maxDocuments() == Integer.MAX_VALUE;
    Map<String, String> input = new TreeMap<>();
    input.put("data_sha256", corpus.digest());
    input.put("input_documents", Long.toString(corpus.available()));
    input.put("max_documents", all ? "all" : Integer.toString(options.maxDocuments()));
    input.put("text_fields", String.join(",", options.textFields()));
    input.put("label_field", options.labelField());
    input.put("id_field", options.idField());
    if (options.encoding().equals(StandardCharsets.UTF_8) == false) {
      input.put("encoding", options.encoding().name());
    }
    return input;
  }

  /**
   * Now, or the time that reproducible builds are told to take.
   *
   * @param sourceDateEpoch the environment variable, in seconds since 1970, or null
   */
  static Instant created(String sourceDateEpoch) {
    if (sourceDateEpoch == null) {
      return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
    try {
      return Instant.ofEpochSecond(Long.parseLong(sourceDateEpoch));
    } catch (NumberFormatException | DateTimeException e) {
      throw new IllegalArgumentException(
          "environment variable [SOURCE_DATE_EPOCH] must be seconds since 1970, got ["
              + sourceDateEpoch
              + "]",
          e);
    }
  }
}
