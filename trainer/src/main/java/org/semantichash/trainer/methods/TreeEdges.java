// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.SplittableRandom;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.learning.Batch;
import org.semantichash.trainer.learning.Dataset;
import org.semantichash.trainer.learning.Preparation;

/** The edges of random spanning trees of the neighbour graph, from each document to its parent. */
final class TreeEdges {

  private final Dataset documents;
  private final SpanningTrees trees;

  private TreeEdges(Dataset documents, SpanningTrees trees) {
    this.documents = documents;
    this.trees = trees;
  }

  static TreeEdges of(
      Dataset documents,
      int neighbours,
      int trees,
      SplittableRandom random,
      Preparation preparation) {
    int[][] edges = NeighbourGraph.of(documents, neighbours, preparation).undirected();
    return new TreeEdges(documents, SpanningTrees.of(edges, trees, random));
  }

  /** The parents of a batch's documents in the tree whose turn it is. */
  Pairs parents(Batch batch, long step) {
    int tree = (int) (step % trees.size());
    int n = batch.size();
    int[] both = new int[2 * n];
    float[] cosines = new float[n];
    for (int row = 0; row < n; row++) {
      int document = batch.document(row);
      int parent = trees.parent(tree, document);
      both[row] = document;
      both[n + row] = parent < 0 ? document : parent;
      cosines[row] = parent < 0 ? 0 : cosine(document, parent);
    }
    return new Pairs(both, cosines);
  }

  private float cosine(int first, int second) {
    SparseVector a = documents.vectors().get(first);
    SparseVector b = documents.vectors().get(second);
    float sum = 0;
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int order = Integer.compare(a.id(i), b.id(j));
      if (order == 0) {
        sum += a.weight(i) * b.weight(j);
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return sum;
  }

  /** Documents in the first half, their parents in the second; a root is its own with cosine 0. */
  static final class Pairs {

    private final int[] both;
    private final float[] cosines;

    private Pairs(int[] both, float[] cosines) {
      this.both = both;
      this.cosines = cosines;
    }

    Batch documents(Dataset dataset) {
      return Batch.of(dataset, both);
    }

    /** lambda times the cosines, at most the largest. */
    float[] correlations(float lambda, float largest) {
      float[] correlations = new float[cosines.length];
      for (int i = 0; i < correlations.length; i++) {
        correlations[i] = Math.min(largest, lambda * cosines[i]);
      }
      return correlations;
    }
  }
}
