// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.SplittableRandom;

/**
 * Random spanning forests of a graph, each as the parent of every document; -1 for the roots, of
 * which there is one in each connected part. A tree grows from a random root by visiting random
 * open edges.
 */
final class SpanningTrees {

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
      int i = random.nextInt(size);
      long edge = edges[i];
      edges[i] = edges[--size];
      return edge;
    }
  }
}
