// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * LDA, thresholded, the reference of Salakhutdinov and Hinton ("Semantic Hashing", 2009) and Zhang
 * et al. (2010): a {@link TopicModel} with a topic for each bit, which is 1 where the topic's share
 * of a document exceeds its median over the training documents. Inference is an iteration and no
 * graph of fixed size, so a {@link TaughtEncoder} learns these codes from the words, with a hidden
 * layer by default.
 */
final class Lda extends HashingMethod {

  static final String NAME = "lda";

  private final int passes;

  Lda(OptionReader options) {
    super(NAME, options);
    passes = options.integer("passes", 10, 1);
  }

  @Override
  public Optional<String> remark() {
    return Optional.of(
        "topics are inferred by iteration, which is no graph; the model is an encoder that learns"
            + " their codes");
  }

  @Override
  public HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    TopicModel model =
        TopicModel.of(
            documents,
            options.bits(),
            passes,
            new SplittableRandom(options.seed()),
            loop::onPreparation);
    int[][] codes = aboveMedian(shares(model, documents.vectors()));
    return loop.train(new TaughtEncoder(documents, codes, options), documents);
  }

  /** The shares of the topics [documents, topics]. */
  static double[][] shares(TopicModel model, List<SparseVector> vectors) {
    return vectors.parallelStream().map(model::shares).toArray(double[][]::new);
  }

  /** For each row the columns in which it is above the median of the column. */
  static int[][] aboveMedian(double[][] rows) {
    double[] medians = new double[rows[0].length];
    for (int k = 0; k < medians.length; k++) {
      int column = k;
      double[] sorted = Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().toArray();
      int middle = sorted.length / 2;
      medians[k] =
          sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
    return Arrays.stream(rows)
        .map(row -> IntStream.range(0, row.length).filter(k -> row[k] > medians[k]).toArray())
        .toArray(int[][]::new);
  }
}
