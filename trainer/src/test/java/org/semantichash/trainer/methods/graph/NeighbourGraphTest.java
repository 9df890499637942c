// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener.Preparation;

/** The neighbours against the cosines of all pairs. */
class NeighbourGraphTest {

  private static final int TERMS = 12;

  /** Vectors of length 1, some without terms, some twice. */
  private static Dataset documents(int documents, SplittableRandom random) {
    List<SparseVector> vectors = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int d = 0; d < documents; d++) {
      boolean twice = d > 0 && random.nextInt(8) == 0;
      vectors.add(twice ? vectors.get(random.nextInt(d)) : vector(random));
      labels.add(new int[0]);
    }
    return new Dataset(vectors, labels, TERMS);
  }

  private static SparseVector vector(SplittableRandom random) {
    int[] ids = random.ints(random.nextInt(5), 0, TERMS).sorted().distinct().toArray();
    float[] weights = new float[ids.length];
    double square = 0;
    for (int i = 0; i < ids.length; i++) {
      weights[i] = (float) random.nextDouble(0.1, 1);
      square += weights[i] * weights[i];
    }
    for (int i = 0; i < ids.length; i++) {
      weights[i] /= (float) Math.sqrt(square);
    }
    return SparseVector.of(ids, weights);
  }

  private static double cosine(SparseVector a, SparseVector b) {
    double[] dense = new double[TERMS];
    for (int i = 0; i < a.size(); i++) {
      dense[a.id(i)] = a.weight(i);
    }
    double sum = 0;
    for (int i = 0; i < b.size(); i++) {
      sum += dense[b.id(i)] * b.weight(i);
    }
    return sum;
  }

  /** The k largest cosines above 0 with others. */
  private static List<Double> largest(Dataset documents, int document, int k) {
    List<Double> cosines = new ArrayList<>();
    for (int other = 0; other < documents.size(); other++) {
      double cosine = cosine(documents.vectors().get(document), documents.vectors().get(other));
      if (other != document && cosine > 0) {
        cosines.add(cosine);
      }
    }
    cosines.sort(Collections.reverseOrder());
    return cosines.subList(0, Math.min(k, cosines.size()));
  }

  @RepeatedTest(20)
  void neighboursAreTheOthersWithTheLargestCosines(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    Dataset documents = documents(random.nextInt(1, 40), random);
    int k = random.nextInt(1, 12);
    NeighbourGraph graph = NeighbourGraph.of(documents, k, Preparation.NONE);
    assertEquals(documents.size(), graph.size());
    for (int d = 0; d < documents.size(); d++) {
      List<Double> expected = largest(documents, d, k);
      int[] neighbours = graph.neighbours(d);
      assertEquals(expected.size(), neighbours.length);
      TreeSet<Integer> distinct = new TreeSet<>(List.of(d));
      for (int i = 0; i < neighbours.length; i++) {
        distinct.add(neighbours[i]);
        assertEquals(expected.get(i), graph.similarities(d)[i], 1e-6);
        assertEquals(
            cosine(documents.vectors().get(d), documents.vectors().get(neighbours[i])),
            graph.similarities(d)[i],
            1e-6);
      }
      assertEquals(1 + neighbours.length, distinct.size(), "itself or one twice");
    }
  }

  @RepeatedTest(20)
  void undirectedHasEveryEdgeInBothDirectionsOnce(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    Dataset documents = documents(random.nextInt(1, 40), random);
    NeighbourGraph graph = NeighbourGraph.of(documents, random.nextInt(1, 6), Preparation.NONE);
    List<TreeSet<Integer>> expected = new ArrayList<>();
    for (int d = 0; d < documents.size(); d++) {
      expected.add(new TreeSet<>());
    }
    for (int d = 0; d < documents.size(); d++) {
      for (int other : graph.neighbours(d)) {
        expected.get(d).add(other);
        expected.get(other).add(d);
      }
    }
    int[][] actual = graph.undirected();
    for (int d = 0; d < documents.size(); d++) {
      int[] sorted = expected.get(d).stream().mapToInt(Integer::intValue).toArray();
      assertArrayEquals(sorted, actual[d]);
    }
  }

  @Test
  void codesHaveTheirNearestWithinTheDistancesOfBruteForce() {
    SplittableRandom random = new SplittableRandom(5);
    long[] codes = new long[200];
    boolean[] taking = new boolean[codes.length];
    for (int d = 0; d < codes.length; d++) {
      for (int i = 0; i < 10; i++) {
        codes[d] |= 1L << random.nextInt(Long.SIZE);
      }
      taking[d] = random.nextInt(10) > 0;
    }
    int k = 12;
    NeighbourGraph graph = NeighbourGraph.ofCodes(codes, taking, k, Preparation.NONE);
    for (int d = 0; d < codes.length; d++) {
      int self = d;
      int[] expected =
          IntStream.range(0, codes.length)
              .filter(other -> taking[self] && taking[other] && other != self)
              .map(other -> Long.bitCount(codes[self] ^ codes[other]))
              .sorted()
              .limit(k)
              .toArray();
      int[] neighbours = graph.neighbours(d);
      assertEquals(neighbours.length, Arrays.stream(neighbours).distinct().count());
      assertArrayEquals(
          expected,
          Arrays.stream(neighbours).map(n -> Long.bitCount(codes[self] ^ codes[n])).toArray());
      for (int i = 0; i < neighbours.length; i++) {
        assertTrue(taking[neighbours[i]]);
        assertEquals(1 - expected[i] / 64f, graph.similarities(d)[i]);
      }
    }
  }

  @Test
  void howAlikeTwoAreDoesNotDependOnWhoseNeighbourIsWho() {
    Dataset documents = TopicDocuments.of(80, 4, 3);
    NeighbourGraph graph = NeighbourGraph.of(documents, 3, Preparation.NONE);
    for (int a = 0; a < documents.size(); a++) {
      for (int b = 0; b < documents.size(); b++) {
        boolean joined = Arrays.binarySearch(graph.undirected()[a], b) >= 0;
        assertEquals(joined, graph.similarity(a, b) > 0);
        assertEquals(graph.similarity(a, b), graph.similarity(b, a), 1e-6);
      }
    }
  }
}
