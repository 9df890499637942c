// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods.graph;

import java.util.Arrays;
import java.util.List;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.SparseBatch;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingListener.Preparation;
import org.semantichash.trainer.training.TrainingOptions.OptionReader;

/**
 * The neighbours whose words a decoder has to predict besides a document's own: at first the
 * nearest by TF-IDF cosine, later those of the nearest that the network finds alike too. Two
 * documents are alike by the cosine of their expected bits as -1 and 1, tanh(logit / 2).
 */
public final class LearnedNeighbours {

  /**
   * What is given.
   *
   * @param neighbours whose words count, 0 for none
   * @param weight the least share of the neighbours' words in what is predicted
   * @param terms as many terms of a document's own as its neighbours' words count for: a document
   *     with n terms has a share of at most n / (n + terms) (Dirichlet smoothing, Zhai and
   *     Lafferty, "A Study of Smoothing Methods for Language Models Applied to Ad Hoc Information
   *     Retrieval", SIGIR 2001), so that short texts are told by their neighbours
   * @param candidates of which they are chosen
   * @param refresh epochs after which they are chosen again, 0 for never
   * @param share of the codes in that choice, the rest is the cosine's
   */
  public record Options(
      int neighbours, float weight, float terms, int candidates, int refresh, float share) {

    /** The share of the neighbours of a document with so many terms. */
    float share(int ofTerms) {
      return terms == 0 ? weight : Math.max(weight, terms / (ofTerms + terms));
    }

    /** Reads the options of these names. */
    public static Options read(OptionReader options) {
      return new Options(
          options.integer("neighbours", 50, 0),
          (float) options.number("neighbour_weight", 0.7, 0, 1),
          (float) options.number("neighbour_terms", 100, 0, 1e6),
          options.integer("candidates", 100, 1),
          options.integer("refresh", 5, 0),
          (float) options.number("refresh_share", 0.3, 0, 1));
    }
  }

  private final Dataset documents;
  private final Dataset words;
  private final Options options;
  private final NeighbourGraph candidates;
  private NeighbourTargets targets;

  /** The codes that the neighbours were last chosen by; empty before that. */
  private float[][] codes = {};

  /**
   * The neighbours of these documents.
   *
   * @param words what is predicted: the same documents, perhaps with fewer terms
   * @param preparation gets the progress
   */
  public LearnedNeighbours(
      Dataset documents, Dataset words, Options options, Preparation preparation) {
    assert documents.size() == words.size();
    this.documents = documents;
    this.words = words;
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
            words, candidates.blended(similarity, share, options.neighbours()), options);
  }

  /** The words to predict for a batch. */
  public SparseBatch targets(Tape tape, Batch batch) {
    if (targets != null) {
      return targets.of(tape, batch);
    }
    return words.vocabularySize() == documents.vocabularySize()
        ? batch.vectors()
        : batch.of(words).vectors();
  }

  /** Chooses the neighbours again every {@code refresh} epochs. */
  public void onEpoch(int epoch, HashNetwork network) {
    if (candidates != null && options.refresh() > 0 && epoch % options.refresh() == 0) {
      codes =
          documents.vectors().parallelStream()
              .map(vector -> direction(network, vector))
              .toArray(float[][]::new);
      chooseByCodes();
    }
  }

  private void chooseByCodes() {
    choose((first, second) -> product(codes[first], codes[second]), options.share());
  }

  /** The codes that the neighbours were last chosen by, one for each document; empty for none. */
  public List<float[]> memory() {
    return List.of(codes);
  }

  /** Chooses the neighbours by what {@link #memory} gave. */
  public void restore(List<float[]> memory) {
    codes = memory.toArray(float[][]::new);
    if (codes.length > 0) {
      chooseByCodes();
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

  /**
   * What a decoder has to predict of a document when its neighbours count too: (1 - w) times its
   * own term weights plus w times the mean of its neighbours', by how alike they are, where w is
   * the greater the fewer terms it has. Made anew for each batch, so that memory does not grow with
   * the number of neighbours' terms.
   */
  static final class NeighbourTargets {

    private final Dataset documents;
    private final NeighbourGraph graph;
    private final Options options;

    NeighbourTargets(Dataset documents, NeighbourGraph graph, Options options) {
      this.documents = documents;
      this.graph = graph;
      this.options = options;
    }

    /** The targets of a batch, in its order. */
    SparseBatch of(Tape tape, Batch batch) {
      SparseVector[] targets = new SparseVector[batch.size()];
      tape.split(
          batch.size(),
          (from, to) -> {
            Sum sum = new Sum(documents.vocabularySize());
            for (int row = from; row < to; row++) {
              targets[row] = target(batch.document(row), sum);
            }
          });
      return new SparseBatch(Arrays.asList(targets), documents.vocabularySize());
    }

    private SparseVector target(int document, Sum sum) {
      SparseVector own = documents.vectors().get(document);
      int[] neighbours = graph.neighbours(document);
      if (neighbours.length == 0) {
        return own;
      }
      float total = 0;
      for (float similarity : graph.similarities(document)) {
        total += similarity;
      }
      float weight = options.share(own.size());
      sum.add(own, 1 - weight);
      for (int i = 0; i < neighbours.length; i++) {
        sum.add(
            documents.vectors().get(neighbours[i]),
            weight * graph.similarities(document)[i] / total);
      }
      return sum.take();
    }

    /** A sum of sparse vectors over a dense array, which is all zeros before and after. */
    private static final class Sum {

      private final float[] sums;
      private int size;

      Sum(int vocabularySize) {
        sums = new float[vocabularySize];
      }

      void add(SparseVector vector, float factor) {
        for (int i = 0; i < vector.size(); i++) {
          sums[vector.id(i)] += factor * vector.weight(i);
        }
        size += vector.size();
      }

      SparseVector take() {
        int[] ids = new int[Math.min(size, sums.length)];
        float[] weights = new float[ids.length];
        int n = 0;
        for (int term = 0; term < sums.length; term++) {
          if (sums[term] != 0) {
            ids[n] = term;
            weights[n++] = sums[term];
            sums[term] = 0;
          }
        }
        size = 0;
        return SparseVector.of(Arrays.copyOf(ids, n), Arrays.copyOf(weights, n));
      }
    }
  }
}
