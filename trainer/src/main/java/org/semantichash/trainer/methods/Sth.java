// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.methods.graph.NeighbourGraph;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingLoop;
import org.semantichash.trainer.training.TrainingOptions;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * STH (Zhang, Wang, Cai and Lu, "Self-Taught Hashing for Fast Similarity Search", SIGIR 2010), in
 * two stages: the {@link LaplacianEigenmap} of the graph of the nearest [neighbours] by cosine,
 * which puts near documents at near places, cut at the median of each dimension, gives codes of the
 * training documents; then one linear classifier a bit learns them from the words.
 *
 * <p>Deviations: logistic regression trained in the common loop, the epoch chosen on validation
 * documents, where the paper has support vector machines; documents outside of the largest
 * connected component are not learned from.
 */
final class Sth extends HashingMethod {

  static final String NAME = "sth";

  /** The nearest documents that are joined, as in the paper. */
  static final int NEIGHBOURS = 25;

  private final int neighbours;

  Sth(OptionReader options) {
    super(NAME, options);
    neighbours = options.integer("neighbours", NEIGHBOURS, 1);
  }

  @Override
  public Optional<String> remark() {
    return Optional.of(
        "its codes are of the training texts only; the model is the classifiers that it teaches them");
  }

  @Override
  Map<String, String> tunedTraining() {
    return Map.of("hidden_layers", "0", "learning_rate", "0.01");
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(
        new PublishedSettings(
            "as tuned, which joins the 25 nearest like Zhang et al. 2010", Map.of(), Map.of()));
  }

  @Override
  public HashNetwork learn(Dataset documents, TrainingOptions options, TrainingLoop loop) {
    NeighbourGraph graph = NeighbourGraph.of(documents, neighbours, loop::onPreparation);
    LaplacianEigenmap map =
        LaplacianEigenmap.of(graph, options.bits(), new SplittableRandom(options.seed()));
    int[][] codes = map.aboveMedian();
    int[] members = IntStream.range(0, codes.length).filter(d -> map.inside()[d]).toArray();
    Dataset inside =
        new Dataset(
            Arrays.stream(members).mapToObj(documents.vectors()::get).toList(),
            Arrays.stream(members).mapToObj(documents.labels()::get).toList(),
            documents.vocabularySize());
    int[][] wanted = Arrays.stream(members).mapToObj(d -> codes[d]).toArray(int[][]::new);
    return loop.train(new TaughtEncoder(inside, wanted, options), inside);
  }
}
