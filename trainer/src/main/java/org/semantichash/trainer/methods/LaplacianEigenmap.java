// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.MatrixMatrixMult_DDRM;
import org.semantichash.trainer.methods.graph.NeighbourGraph;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TrainingListener.Preparation;

/**
 * The Laplacian eigenmap of a graph of neighbours (Belkin and Niyogi, "Laplacian Eigenmaps for
 * Dimensionality Reduction and Data Representation", Neural Computation 2003): the eigenvectors v
 * of L v = lambda D v with the smallest eigenvalues but for the constant one, with D the degrees
 * and L = D - W. They are D^-1/2 u for the eigenvectors u of S = D^-1/2 W D^-1/2 with the largest
 * eigenvalues, which subspace iteration finds: Z = orthonormal((S + I/2)^k Z), orthogonal to the
 * constant one; S has its eigenvalues in [-1, 1], so that no negative one gets in.
 *
 * <p>W is symmetric and holds the similarity of two documents where one is a neighbour of the
 * other. Documents outside of the largest connected component have no place in the map: each
 * component has a constant eigenvector of its own, which would tell components apart and nothing
 * else.
 *
 * @param values [documents, dimensions], 0 for documents outside
 * @param inside whether a document is in the largest component
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LaplacianEigenmap(DMatrixRMaj values, boolean[] inside) {

  /** Columns more than dimensions asked for. */
  private static final int OVERSAMPLING = 10;

  /** Products with S between two times that columns are made orthonormal. */
  private static final int POWER = 4;

  private static final int ITERATIONS = 40;
  private static final double SHIFT = 0.5;

  /**
   * The map of a graph.
   *
   * @param dimensions fewer than the documents of the largest component
   */
  static LaplacianEigenmap of(NeighbourGraph graph, int dimensions, SplittableRandom random) {
    Affinities affinities = new Affinities(graph);
    int members = affinities.members();
    if (dimensions > members - 1) {
      throw new IllegalArgumentException(
          "[bits] must be below the number of documents that are connected by neighbours ["
              + members
              + "], got ["
              + dimensions
              + "]");
    }
    int width = Math.min(dimensions + OVERSAMPLING, members - 1);
    DMatrixRMaj z = affinities.orthonormal(PrincipalComponents.normal(graph.size(), width, random));
    for (int i = 0; i < ITERATIONS; i++) {
      for (int k = 0; k < POWER; k++) {
        z = affinities.shiftedTimes(z, SHIFT);
      }
      z = affinities.orthonormal(z);
    }
    DMatrixRMaj u = PrincipalComponents.product(z, main(z, affinities, dimensions));
    for (int d = 0; d < u.numRows; d++) {
      for (int j = 0; j < dimensions; j++) {
        u.data[d * dimensions + j] *= affinities.inverseRoots[d];
      }
    }
    return new LaplacianEigenmap(u, affinities.inside);
  }

  /** The first eigenvectors of Z'(S + I)Z, which has no negative eigenvalue [width, dimensions]. */
  private static DMatrixRMaj main(DMatrixRMaj z, Affinities affinities, int dimensions) {
    DMatrixRMaj projected = new DMatrixRMaj(z.numCols, z.numCols);
    MatrixMatrixMult_DDRM.multTransA_reorder(z, affinities.shiftedTimes(z, 1), projected);
    return PrincipalComponents.mainVectors(projected, dimensions);
  }

  /** For each document the dimensions in which it is above the median of those inside. */
  int[][] aboveMedian() {
    int width = values.numCols;
    int[] members = IntStream.range(0, inside.length).filter(d -> inside[d]).toArray();
    int[][] ofMembers =
        Lda.aboveMedian(
            Arrays.stream(members)
                .mapToObj(d -> Arrays.copyOfRange(values.data, d * width, (d + 1) * width))
                .toArray(double[][]::new));
    int[][] above = new int[inside.length][0];
    for (int i = 0; i < members.length; i++) {
      above[members[i]] = ofMembers[i];
    }
    return above;
  }

  /**
   * The documents with the nearest codes of self-taught hashing (see {@link Sth}), 64 bits where
   * there are documents enough: a labeller that sees more than the words that two documents share.
   *
   * @param k the most neighbours of a document
   */
  static NeighbourGraph selfTaughtNeighbours(
      Dataset documents, int k, Preparation preparation, SplittableRandom random) {
    NeighbourGraph graph = NeighbourGraph.of(documents, Sth.NEIGHBOURS, preparation);
    int members = new Affinities(graph).members();
    if (members < 2) {
      throw new IllegalArgumentException(
          "training documents must share terms with one another, got ["
              + graph.size()
              + "] of which no two do");
    }
    LaplacianEigenmap map = of(graph, Math.min(members - 1, Long.SIZE), random);
    long[] codes = new long[documents.size()];
    int[][] above = map.aboveMedian();
    for (int d = 0; d < codes.length; d++) {
      for (int bit : above[d]) {
        codes[d] |= 1L << bit;
      }
    }
    return NeighbourGraph.ofCodes(codes, map.inside(), k, preparation);
  }

  /** S of the largest component. */
  private static final class Affinities {

    private final int[][] edges;
    private final double[][] weights;
    private final boolean[] inside;

    /** D^-1/2, 0 outside. */
    private final double[] inverseRoots;

    /** The constant eigenvector, D^1/2 of length 1. */
    private final double[] constant;

    Affinities(NeighbourGraph graph) {
      edges = graph.undirected();
      inside = largestComponent(edges);
      int n = edges.length;
      weights = new double[n][];
      inverseRoots = new double[n];
      constant = new double[n];
      double total = 0;
      for (int d = 0; d < n; d++) {
        weights[d] = new double[edges[d].length];
        double degree = 0;
        for (int e = 0; e < edges[d].length && inside[d]; e++) {
          weights[d][e] = graph.similarity(d, edges[d][e]);
          degree += weights[d][e];
        }
        inverseRoots[d] = degree > 0 ? 1 / Math.sqrt(degree) : 0;
        constant[d] = Math.sqrt(degree);
        total += degree;
      }
      for (int d = 0; d < n; d++) {
        constant[d] /= Math.sqrt(total);
        for (int e = 0; e < edges[d].length; e++) {
          weights[d][e] *= inverseRoots[d] * inverseRoots[edges[d][e]];
        }
      }
    }

    private static boolean[] largestComponent(int[][] edges) {
      int[] component = new int[edges.length];
      int[] sizes = new int[edges.length + 1];
      int largest = 0;
      ArrayDeque<Integer> queue = new ArrayDeque<>();
      for (int start = 0; start < edges.length; start++) {
        if (component[start] == 0) {
          int id = start + 1;
          component[start] = id;
          queue.add(start);
          while (queue.isEmpty() == false) {
            sizes[id]++;
            for (int next : edges[queue.poll()]) {
              if (component[next] == 0) {
                component[next] = id;
                queue.add(next);
              }
            }
          }
          largest = sizes[id] > sizes[largest] ? id : largest;
        }
      }
      boolean[] inside = new boolean[edges.length];
      for (int d = 0; d < inside.length; d++) {
        inside[d] = component[d] == largest;
      }
      return inside;
    }

    int members() {
      int members = 0;
      for (boolean is : inside) {
        members += is ? 1 : 0;
      }
      return members;
    }

    /** (S + shift I) Z. */
    DMatrixRMaj shiftedTimes(DMatrixRMaj z, double shift) {
      int width = z.numCols;
      DMatrixRMaj product = new DMatrixRMaj(z.numRows, width);
      IntStream.range(0, z.numRows)
          .parallel()
          .forEach(
              d -> {
                add(product.data, d * width, shift, z.data, d * width, width);
                for (int e = 0; e < edges[d].length; e++) {
                  add(product.data, d * width, weights[d][e], z.data, edges[d][e] * width, width);
                }
              });
      return product;
    }

    private static void add(
        double[] to, int offset, double factor, double[] from, int start, int width) {
      for (int i = 0; i < width; i++) {
        to[offset + i] += factor * from[start + i];
      }
    }

    /** Orthonormal columns of the same space without the constant one and what is outside. */
    DMatrixRMaj orthonormal(DMatrixRMaj z) {
      int width = z.numCols;
      double[] along = new double[width];
      for (int d = 0; d < z.numRows; d++) {
        add(along, 0, constant[d], z.data, d * width, width);
      }
      for (int d = 0; d < z.numRows; d++) {
        if (inside[d]) {
          add(z.data, d * width, -constant[d], along, 0, width);
        } else {
          Arrays.fill(z.data, d * width, (d + 1) * width, 0);
        }
      }
      return PrincipalComponents.orthonormal(z);
    }
  }
}
