// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.Arrays;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.Batch;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.SparseBatch;
import org.semantichash.trainer.learning.Tape;

/**
 * What a decoder has to tell of a document when its neighbours count too: (1 - w) times its own
 * term weights plus w times the mean of its neighbours', by how alike they are. Made anew for each
 * batch, so that memory does not grow with the number of neighbours' terms.
 */
final class NeighbourTargets {

  private final Dataset documents;
  private final NeighbourGraph graph;
  private final float weight;

  NeighbourTargets(Dataset documents, NeighbourGraph graph, float weight) {
    this.documents = documents;
    this.graph = graph;
    this.weight = weight;
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
    sum.add(own, 1 - weight);
    for (int i = 0; i < neighbours.length; i++) {
      sum.add(
          documents.vectors().get(neighbours[i]), weight * graph.similarities(document)[i] / total);
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
