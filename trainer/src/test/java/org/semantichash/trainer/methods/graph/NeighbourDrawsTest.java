// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.methods.graph.NeighbourDraws.Drawn;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener.Preparation;

class NeighbourDrawsTest {

  private static final int K = 4;
  private static final Dataset DOCUMENTS = withLoner(TopicDocuments.of(60, 5, 1));
  private static final NeighbourGraph GRAPH = NeighbourGraph.of(DOCUMENTS, K, Preparation.NONE);

  /** One document more, which shares no term with another. */
  private static Dataset withLoner(Dataset documents) {
    List<SparseVector> vectors = new ArrayList<>(documents.vectors());
    vectors.add(SparseVector.of(new int[] {documents.vocabularySize()}, new float[] {1}));
    List<int[]> labels = new ArrayList<>(documents.labels());
    labels.add(new int[] {0});
    return new Dataset(vectors, labels, documents.vocabularySize() + 1);
  }

  private static Batch all() {
    return Batch.of(DOCUMENTS, IntStream.range(0, DOCUMENTS.size()).toArray());
  }

  @Test
  void everyNeighbourIsDrawnWithItsSimilarityAndNothingElse() {
    NeighbourDraws draws = new NeighbourDraws(GRAPH, 7);
    List<Set<Integer>> drawn = new ArrayList<>();
    DOCUMENTS.vectors().forEach(unused -> drawn.add(new HashSet<>()));
    for (int step = 0; step < 200; step++) {
      Drawn of = draws.of(all(), step, 0);
      for (int d = 0; d < DOCUMENTS.size() - 1; d++) {
        int other = of.documents()[d];
        drawn.get(d).add(other);
        int place = Arrays.stream(GRAPH.neighbours(d)).boxed().toList().indexOf(other);
        assertEquals(GRAPH.similarities(d)[place], of.similarities()[d]);
      }
    }
    for (int d = 0; d < DOCUMENTS.size() - 1; d++) {
      assertEquals(
          Set.copyOf(Arrays.stream(GRAPH.neighbours(d)).boxed().toList()), drawn.get(d), "of " + d);
    }
  }

  @Test
  void aDocumentWithoutNeighboursGetsItself() {
    int loner = DOCUMENTS.size() - 1;
    Drawn drawn = new NeighbourDraws(GRAPH, 7).of(Batch.of(DOCUMENTS, loner), 0, 0);
    assertArrayEquals(new int[] {loner}, drawn.documents());
    assertArrayEquals(new float[] {1}, drawn.similarities());
  }

  @Test
  void theSeedTheStepAndTheNumberDecide() {
    NeighbourDraws draws = new NeighbourDraws(GRAPH, 7);
    int[] first = draws.of(all(), 3, 1).documents();
    assertArrayEquals(first, new NeighbourDraws(GRAPH, 7).of(all(), 3, 1).documents());
    for (int[] other :
        List.of(
            draws.of(all(), 3, 2).documents(),
            draws.of(all(), 4, 1).documents(),
            new NeighbourDraws(GRAPH, 8).of(all(), 3, 1).documents())) {
      assertTrue(Arrays.equals(first, other) == false);
    }
  }

  @Test
  void joinedPutsThemOneAfterTheOther() {
    assertArrayEquals(
        new int[] {5, 2, 8, 9, 1, 0},
        NeighbourDraws.joined(Batch.of(DOCUMENTS, 5, 2), new int[] {8, 9}, new int[] {1, 0}));
  }
}
