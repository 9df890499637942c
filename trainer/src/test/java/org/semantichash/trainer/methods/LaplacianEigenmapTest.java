// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.methods.graph.NeighbourGraph;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener.Preparation;

/** The map against all eigenvalues of the dense Laplacian. */
class LaplacianEigenmapTest {

  private static final int DIMENSIONS = 4;

  private static NeighbourGraph graph(Dataset documents) {
    return NeighbourGraph.of(documents, 6, Preparation.NONE);
  }

  /** W: the cosine where one of two is a neighbour of the other. */
  private static double[][] affinities(NeighbourGraph graph) {
    double[][] w = new double[graph.size()][graph.size()];
    for (int d = 0; d < w.length; d++) {
      for (int i = 0; i < graph.neighbours(d).length; i++) {
        int other = graph.neighbours(d)[i];
        w[d][other] = graph.similarities(d)[i];
        w[other][d] = graph.similarities(d)[i];
      }
    }
    return w;
  }

  /** The eigenvalues of D^-1/2 (D - W) D^-1/2, the smallest first. */
  private static double[] eigenvalues(double[][] w) {
    int n = w.length;
    double[] degrees = Arrays.stream(w).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
    DMatrixRMaj laplacian = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double own = i == j ? degrees[i] : 0;
        laplacian.set(i, j, (own - w[i][j]) / Math.sqrt(degrees[i] * degrees[j]));
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
    assertTrue(eigen.decompose(laplacian));
    double[] values = new double[n];
    Arrays.setAll(values, i -> eigen.getEigenvalue(i).getReal());
    Arrays.sort(values);
    return values;
  }

  @RepeatedTest(5)
  void itHasTheSmallestEigenvaluesButForTheConstantOne(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    NeighbourGraph graph = graph(TopicDocuments.of(80, 5, seed));
    double[][] w = affinities(graph);
    double[] expected = eigenvalues(w);
    LaplacianEigenmap map = LaplacianEigenmap.of(graph, DIMENSIONS, new SplittableRandom(seed));
    for (int j = 0; j < DIMENSIONS; j++) {
      double numerator = 0;
      double denominator = 0;
      double balance = 0;
      for (int a = 0; a < w.length; a++) {
        double degree = Arrays.stream(w[a]).sum();
        double v = map.values().get(a, j);
        balance += degree * v;
        denominator += degree * v * v;
        for (int b = 0; b < w.length; b++) {
          double difference = v - map.values().get(b, j);
          numerator += w[a][b] * difference * difference / 2; // v'Lv
        }
      }
      assertEquals(0, balance, 1e-8, "orthogonal to the constant one");
      assertEquals(1, denominator, 1e-8);
      assertEquals(expected[j + 1], numerator, 1e-3, "eigenvalue " + j);
    }
  }

  @Test
  void halfOfTheDocumentsAreAboveTheMedian() {
    LaplacianEigenmap map =
        LaplacianEigenmap.of(graph(TopicDocuments.of(90, 5, 1)), 8, new SplittableRandom(1));
    int[] counts = new int[8];
    for (int[] bits : map.aboveMedian()) {
      for (int bit : bits) {
        counts[bit]++;
      }
    }
    assertEquals(List.of(45, 45, 45, 45, 45, 45, 45, 45), Arrays.stream(counts).boxed().toList());
  }

  @Test
  void documentsOutsideOfTheLargestComponentHaveNoPlace() {
    Dataset documents = TopicDocuments.of(60, 4, 1);
    List<SparseVector> vectors = new ArrayList<>(documents.vectors());
    List<int[]> labels = new ArrayList<>(documents.labels());
    for (int i = 0; i < 3; i++) { // two that have only each other, and one that has nobody
      int term = documents.vocabularySize() + i / 2;
      vectors.add(i * 20, SparseVector.of(new int[] {term}, new float[] {1}));
      labels.add(new int[] {0});
    }
    NeighbourGraph graph = graph(new Dataset(vectors, labels, documents.vocabularySize() + 2));
    LaplacianEigenmap map = LaplacianEigenmap.of(graph, 5, new SplittableRandom(1));
    for (int d = 0; d < vectors.size(); d++) {
      boolean outside = d == 0 || d == 20 || d == 40;
      assertEquals(outside == false, map.inside()[d], "document " + d);
      for (int j = 0; j < 5 && outside; j++) {
        assertEquals(0, map.values().get(d, j), 0.0);
      }
      assertEquals(0, outside ? map.aboveMedian()[d].length : 0);
    }
  }

  @Test
  void documentsThatShareNoTermHaveNoSelfTaughtNeighbours() {
    List<SparseVector> vectors = new ArrayList<>();
    for (int term = 0; term < 5; term++) {
      vectors.add(SparseVector.of(new int[] {term}, new float[] {1}));
    }
    Dataset documents = new Dataset(vectors, Collections.nCopies(5, new int[0]), 5);
    assertEquals(
        "training documents must share terms with one another, got [5] of which no two do",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    LaplacianEigenmap.selfTaughtNeighbours(
                        documents, 2, Preparation.NONE, new SplittableRandom(1)))
            .getMessage());
  }

  @Test
  void moreDimensionsThanConnectedDocumentsAreRefused() {
    NeighbourGraph graph = graph(TopicDocuments.of(12, 2, 1));
    assertEquals(
        "[bits] must be below the number of documents that are connected by neighbours [12], got"
            + " [12]",
        assertThrows(
                IllegalArgumentException.class,
                () -> LaplacianEigenmap.of(graph, 12, new SplittableRandom(1)))
            .getMessage());
  }
}
