// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods.graph;

import java.util.SplittableRandom;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TrainingListener.Preparation;

/**
 * Random spanning forests of a graph, each as the parent of every document; -1 for the roots, of
 * which there is one in each connected part. A tree grows from a random root by visiting random
 * open edges.
 */
public final class SpanningTrees {

  private final int[][] parents;

  private SpanningTrees(int[][] parents) {
    this.parents = parents;
  }

  /** Some trees of a graph given by the neighbours of each node, in both directions. */
  static SpanningTrees of(int[][] edges, int trees, SplittableRandom random) {
    int[][] parents = new int[trees][];
    for (int tree = 0; tree < trees; tree++) {
      parents[tree] = grow(edges, random);
    }
    return new SpanningTrees(parents);
  }

  private static int[] grow(int[][] edges, SplittableRandom random) {
    int nodes = edges.length;
    int[] parent = new int[nodes];
    boolean[] reached = new boolean[nodes];
    EdgeBag open = new EdgeBag();
    for (int start : permutation(nodes, random)) {
      if (reached[start] == false) {
        open.add(-1, start);
        while (open.isEmpty() == false) {
          long edge = open.removeRandom(random);
          int node = (int) edge;
          if (reached[node] == false) {
            reached[node] = true;
            parent[node] = (int) (edge >> 32);
            for (int next : edges[node]) {
              if (reached[next] == false) {
                open.add(node, next);
              }
            }
          }
        }
      }
    }
    return parent;
  }

  private static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The number of trees. */
  int size() {
    return parents.length;
  }

  /** The parent of a document in a tree, or -1. */
  int parent(int tree, int document) {
    return parents[tree][document];
  }

  /** Edges of which one is taken at random. */
  private static final class EdgeBag {

    private long[] edges = new long[1024];
    private int size;

    boolean isEmpty() {
      return size == 0;
    }

    void add(int from, int to) {
      if (size == edges.length) {
        edges = java.util.Arrays.copyOf(edges, 2 * size);
      }
      edges[size++] = ((long) from << 32) | to;
    }

    long removeRandom(SplittableRandom random) {
      assert size > 0;
      int i = random.nextInt(size);
      long edge = edges[i];
      edges[i] = edges[--size];
      return edge;
    }
  }

  /**
   * The edges of random spanning trees of the neighbour graph, from each document to its parent.
   */
  public static final class TreeEdges {

    private final Dataset documents;
    private final SpanningTrees trees;

    private TreeEdges(Dataset documents, SpanningTrees trees) {
      this.documents = documents;
      this.trees = trees;
    }

    /**
     * Edges of random trees of the graph of nearest neighbours.
     *
     * @param preparation gets the progress
     */
    public static TreeEdges of(
        Dataset documents,
        int neighbours,
        int trees,
        SplittableRandom random,
        Preparation preparation) {
      int[][] edges = NeighbourGraph.of(documents, neighbours, preparation).undirected();
      return new TreeEdges(documents, SpanningTrees.of(edges, trees, random));
    }

    /** The parents of a batch's documents in the tree whose turn it is. */
    public Pairs parents(Batch batch, long step) {
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

    /**
     * Documents in the first half, their parents in the second; a root is its own with cosine 0.
     */
    public static final class Pairs {

      private final int[] both;
      private final float[] cosines;

      private Pairs(int[] both, float[] cosines) {
        this.both = both;
        this.cosines = cosines;
      }

      /** All of them, from a dataset. */
      public Batch documents(Dataset dataset) {
        return Batch.of(dataset, both);
      }

      /**
       * The correlations of the pairs, 0 for a root.
       *
       * @param lambda the correlation of each edge, or what its cosine is multiplied by
       * @param constant whether all edges have the same
       */
      public float[] correlations(float lambda, boolean constant) {
        float[] correlations = new float[cosines.length];
        for (int i = 0; i < correlations.length; i++) {
          float cosine = Math.min(1, cosines[i]); // rounding may bring it above
          correlations[i] = constant && cosine > 0 ? lambda : lambda * cosine;
        }
        return correlations;
      }
    }
  }
}
