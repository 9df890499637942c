// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.Batch;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.HashNetwork;
import org.semantichash.trainer.learning.OptionReader;
import org.semantichash.trainer.learning.Preparation;
import org.semantichash.trainer.learning.SparseBatch;
import org.semantichash.trainer.learning.Tape;

/**
 * The neighbours whose words a decoder has to tell besides a document's own: at first the nearest
 * by TF-IDF cosine, later those of the nearest that the network finds alike too. Two documents are
 * alike by the cosine of their expected bits as -1 and 1, tanh(logit / 2).
 */
final class LearnedNeighbours {

  /**
   * What is given.
   *
   * @param neighbours whose words count, 0 for none
   * @param weight their share of the words that are told
   * @param candidates of which they are chosen
   * @param refresh epochs after which they are chosen anew, 0 for never
   * @param share of the codes in that choice, the rest is the cosine's
   */
  record Options(int neighbours, float weight, int candidates, int refresh, float share) {

    static Options read(OptionReader options) {
      return new Options(
          options.integer("neighbours", 50, 0),
          (float) options.number("neighbour_weight", 0.7, 0, 1),
          options.integer("candidates", 100, 1),
          options.integer("refresh", 5, 0),
          (float) options.number("refresh_share", 0.3, 0, 1));
    }
  }

  private final Dataset documents;
  private final Options options;
  private final NeighbourGraph candidates;
  private NeighbourTargets targets;

  LearnedNeighbours(Dataset documents, Options options, Preparation preparation) {
    this.documents = documents;
    this.options = options;
    if (options.neighbours() == 0) {
      candidates = null;
    } else {
      candidates =
          NeighbourGraph.of(
              documents, Math.max(options.neighbours(), options.candidates()), preparation);
      choose((first, second) -> 0, 0);
    }
  }

  private void choose(NeighbourGraph.Similarity similarity, float share) {
    targets =
        new NeighbourTargets(
            documents,
            candidates.blended(similarity, share, options.neighbours()),
            options.weight());
  }

  /** The words to be told of a batch. */
  SparseBatch targets(Tape tape, Batch batch) {
    return targets == null ? batch.vectors() : targets.of(tape, batch);
  }

  /** Chooses anew when it is time to. */
  void onEpoch(int epoch, HashNetwork network) {
    if (candidates != null && options.refresh() > 0 && epoch % options.refresh() == 0) {
      float[][] codes =
          documents.vectors().parallelStream()
              .map(vector -> direction(network, vector))
              .toArray(float[][]::new);
      choose((first, second) -> product(codes[first], codes[second]), options.share());
    }
  }

  /** The expected bits as -1 and 1, of length 1 [bits]. */
  private static float[] direction(HashNetwork network, SparseVector vector) {
    float[] x = network.activations(vector);
    double squares = 1e-9;
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) StrictMath.tanh(x[i] / 2);
      squares += (double) x[i] * x[i];
    }
    float factor = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
    return x;
  }

  private static float product(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
