// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.Matrix;
import org.semantichash.trainer.engine.Parameter;
import org.semantichash.trainer.engine.SparseBatch;
import org.semantichash.trainer.engine.StepContext.Variable;
import org.semantichash.trainer.methods.VariationalMethod.BoundOptions;
import org.semantichash.trainer.methods.graph.NeighbourGraph;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * Node2hash (Chaidaroon, Park, Chang and Fang, "node2hash: Graph Aware Deep Semantic Text Hashing",
 * Information Processing and Management 2020): VDSH with a second decoder that predicts the
 * documents near a document in a graph of links, a softmax over all documents linear in z:
 *
 * <pre>
 *   log p(words of d | z) + w sum over near d_j of log p(d_j | z) - KL(N(mu, diag(sigma^2)) || N(0, I))
 * </pre>
 *
 * <p>Near are the first [near] documents by breadth-first search from d. A bit is 1 where mu
 * exceeds its median over the training documents. Shapes: mu, log sigma^2 [B, bits], second decoder
 * [bits, documents].
 *
 * <p>Deviations: a text has no links here, so its nearest [neighbours] by TF-IDF cosine take their
 * place; of more than 20,000 documents, neighbours by number share one of 20,000 places, so that a
 * step takes no longer for more of them; the near ones weigh 1 / near each, and together w,
 * [link_weight]; a weight on the divergence, as in {@link Vdsh}; one hidden layer by default.
 */
final class Node2hash extends Vdsh {

  static final String NAME = "node2hash";

  private static final int MOST_PREDICTED = 20_000;

  private final int neighbours;
  private final int near;
  private final float weight;

  Node2hash(OptionReader options) {
    super(NAME, options, BoundOptions.withoutLabels(options, KL_WEIGHT));
    neighbours = options.integer("neighbours", 10, 1);
    near = options.integer("near", 20, 1);
    weight = (float) options.number("link_weight", 10, 0, 1e3);
  }

  @Override
  public Optional<PublishedSettings> published() {
    return Optional.of(PublishedSettings.AS_TUNED);
  }

  @Override
  Prediction prediction(Autoencoder parts) {
    Prediction words = super.prediction(parts);
    List<SparseVector> targets =
        targets(
            NeighbourGraph.of(parts.documents(), neighbours, parts.preparation()).undirected(),
            near,
            MOST_PREDICTED);
    int predicted = Math.min(MOST_PREDICTED, targets.size());
    Parameter embedding =
        Parameter.dense(
            "node_embedding", EncoderLayers.uniform(parts.bits(), predicted, parts.random()));
    Parameter bias = Parameter.dense("node_bias", new Matrix(1, predicted));
    parts.learn(List.of(embedding, bias));
    return (tape, z, batch) -> {
      Variable links = tape.reconstructionLoss(z, embedding, bias, of(targets, batch, predicted));
      return tape.combine(1, words.loss(tape, z, batch), weight, links);
    };
  }

  private static SparseBatch of(List<SparseVector> targets, Batch batch, int predicted) {
    return new SparseBatch(
        IntStream.range(0, batch.size()).mapToObj(row -> targets.get(batch.document(row))).toList(),
        predicted);
  }

  /**
   * For each document the first near ones by breadth-first search, as vectors of weight 1 / near.
   *
   * @param edges of each document
   * @param most documents that are predicted; the id of a predicted one is its place among them
   */
  static List<SparseVector> targets(int[][] edges, int near, int most) {
    int n = edges.length;
    List<SparseVector> targets = new ArrayList<>(n);
    for (int start = 0; start < n; start++) {
      int[] ids =
          nearest(edges, start, near).stream()
              .mapToInt(d -> n <= most ? d : (int) ((long) d * most / n))
              .sorted()
              .distinct()
              .toArray();
      float[] weights = new float[ids.length];
      Arrays.fill(weights, 1f / near);
      targets.add(SparseVector.of(ids, weights));
    }
    return targets;
  }

  private static List<Integer> nearest(int[][] edges, int start, int near) {
    List<Integer> found = new ArrayList<>();
    ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(start));
    while (queue.isEmpty() == false && found.size() < near) {
      for (int next : edges[queue.poll()]) {
        if (next != start && found.contains(next) == false && found.size() < near) {
          found.add(next);
          queue.add(next);
        }
      }
    }
    return found;
  }
}
