// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.semantichash.trainer.corpus.Corpus;
import org.semantichash.trainer.corpus.CorpusOptions;
import org.semantichash.trainer.features.FeatureOptions;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.features.Split;

/** The documents of an experiment as vectors, for each split that is asked for. */
final class DataSet {

  private final Corpus corpus;
  private final FeatureOptions options;
  private final Map<SplitSpec, Features> features = new HashMap<>();

  private DataSet(Corpus corpus, FeatureOptions options) {
    this.corpus = corpus;
    this.options = options;
  }

  /**
   * Reads the reader's copy.
   *
   * @param folder where it lies
   * @throws IllegalArgumentException when it is not there, or is another file than the experiment's
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
    String digest = Sha256.of(file);
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
    return new DataSet(corpus, Preprocessing.options(experiment.preprocessing()));
  }

  /** The parts of a split; the same object each time. */
  synchronized Features features(SplitSpec split) {
    return features.computeIfAbsent(
        split,
        s ->
            Features.of(
                Split.random(corpus.documents(), s.validation(), s.test(), s.seed()), options));
  }
}
