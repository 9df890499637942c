// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.benchmarks.harness.Options;

/**
 * What the quality is measured on.
 *
 * @param debian a file of package descriptions, JSON lines with a text; empty to leave them out
 * @param clough a folder with a file of answers, JSON lines with task, labels and text
 * @param mrpc a folder with a file of pairs of sentences, JSON lines with text, text2 and labels
 * @param corpora files of texts in which edited copies are found, JSON lines with a text, by name
 * @param planted so many texts get changed copies
 * @param glosses so many texts there are when glosses are varied, at most
 * @param work the folder for models
 * @param seed of all that is random
 */
public record QualityScale(
    Optional<Path> debian,
    Optional<Path> clough,
    Optional<Path> mrpc,
    Map<String, Path> corpora,
    int planted,
    int glosses,
    Path work,
    long seed) {

  private static final List<String> CORPORA = List.of("debian", "reuters", "newsgroups");
  private static final int PLANTED = 10_000;
  private static final int GLOSSES = 1_000_000;

  /**
   * Reads the properties debian, clough, mrpc, reuters and newsgroups.
   *
   * @param documents a limit for small runs
   */
  public static QualityScale of(Options options, int documents) {
    return new QualityScale(
        path(options, "debian"),
        path(options, "clough"),
        path(options, "mrpc"),
        corpora(options),
        Math.min(PLANTED, documents),
        Math.min(GLOSSES, documents),
        options.work("quality"),
        Options.SEED);
  }

  private static Map<String, Path> corpora(Options options) {
    Map<String, Path> corpora = new LinkedHashMap<>();
    for (String name : CORPORA) {
      path(options, name).ifPresent(file -> corpora.put(name, file));
    }
    return corpora;
  }

  private static Optional<Path> path(Options options, String name) {
    String value = options.text(name, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }

  /** How many texts a model learns from, at most. */
  int trained() {
    return Math.max(5000, 10 * planted);
  }
}
