// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.engine.HashNetwork;
import org.semantichash.trainer.engine.HashNetwork.SparseLayer;
import org.semantichash.trainer.engine.SparseBatch;
import org.semantichash.trainer.engine.Tape;
import org.semantichash.trainer.engine.TestTape;
import org.semantichash.trainer.methods.graph.LearnedNeighbours.NeighbourTargets;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.Dataset.Batch;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener.Preparation;

class LearnedNeighboursTest {

  private static final Dataset DOCUMENTS = TopicDocuments.of(300, 5, 3);

  private static float[] dense(SparseVector vector) {
    float[] dense = new float[DOCUMENTS.vocabularySize()];
    for (int i = 0; i < vector.size(); i++) {
      dense[vector.id(i)] = vector.weight(i);
    }
    return dense;
  }

  private static Batch all() {
    int[] documents = new int[DOCUMENTS.size()];
    Arrays.setAll(documents, i -> i);
    return Batch.of(DOCUMENTS, documents);
  }

  private static LearnedNeighbours.Options options(
      int neighbours, float weight, float terms, float share) {
    return new LearnedNeighbours.Options(neighbours, weight, terms, 30, 2, share);
  }

  @Test
  void withoutNeighboursADocumentTellsItself() {
    Tape tape = TestTape.of(1);
    LearnedNeighbours none =
        new LearnedNeighbours(DOCUMENTS, DOCUMENTS, options(0, 0.7f, 20, 0.5f), Preparation.NONE);
    Batch batch = all();
    assertSame(batch.vectors(), none.targets(tape, batch));
  }

  @Test
  void targetsAreTheWeightedMeanOfADocumentAndItsNeighbours() {
    NeighbourGraph graph = NeighbourGraph.of(DOCUMENTS, 4, Preparation.NONE);
    SparseBatch targets =
        new NeighbourTargets(DOCUMENTS, graph, options(4, 0.7f, 20, 0)).of(TestTape.of(1), all());
    for (int d = 0; d < DOCUMENTS.size(); d++) {
      float[] expected = new float[DOCUMENTS.vocabularySize()];
      int terms = DOCUMENTS.vectors().get(d).size();
      // documents of up to 8 terms are told by their neighbours by more than the least share
      float share = Math.max(0.7f, 20f / (terms + 20));
      add(expected, d, 1 - share);
      float total = 0;
      for (float similarity : graph.similarities(d)) {
        total += similarity;
      }
      for (int i = 0; i < graph.neighbours(d).length; i++) {
        add(expected, graph.neighbours(d)[i], share * graph.similarities(d)[i] / total);
      }
      assertArrayEquals(expected, dense(targets.document(d)), 1e-6f);
    }
  }

  private static void add(float[] sums, int document, float factor) {
    float[] x = dense(DOCUMENTS.vectors().get(document));
    for (int i = 0; i < x.length; i++) {
      sums[i] += factor * x[i];
    }
  }

  /** A network that tells the topic: the candidates of other topics drop out. */
  @Test
  void whatTheNetworkFindsAlikeIsChosen() {
    LearnedNeighbours neighbours =
        new LearnedNeighbours(DOCUMENTS, DOCUMENTS, options(5, 1, 0, 1), Preparation.NONE);
    float before = wordsOfOtherTopics(neighbours);
    neighbours.onEpoch(1, topicNetwork());
    assertEquals(before, wordsOfOtherTopics(neighbours), "it is not time yet");
    neighbours.onEpoch(2, topicNetwork());
    float after = wordsOfOtherTopics(neighbours);
    assertNotEquals(before, after);
    assertEquals(true, after < 0.9f * before, after + " must be well below " + before);
  }

  /** A bit a topic: the sum of the weights of its words, less a constant. */
  private static HashNetwork topicNetwork() {
    int topics = 5;
    float[] weights = new float[DOCUMENTS.vocabularySize() * topics];
    for (int term = 0; term < DOCUMENTS.vocabularySize(); term++) {
      weights[term * topics + term / TopicDocuments.WORDS_A_TOPIC] = 4;
    }
    float[] bias = new float[topics];
    Arrays.fill(bias, -4);
    return new HashNetwork(new SparseLayer(weights, bias), java.util.List.of(), new float[topics]);
  }

  private static float wordsOfOtherTopics(LearnedNeighbours neighbours) {
    SparseBatch targets = neighbours.targets(TestTape.of(1), all());
    float sum = 0;
    for (int d = 0; d < DOCUMENTS.size(); d++) {
      SparseVector target = targets.document(d);
      for (int i = 0; i < target.size(); i++) {
        boolean own = target.id(i) / TopicDocuments.WORDS_A_TOPIC == DOCUMENTS.labels().get(d)[0];
        sum += own ? 0 : target.weight(i);
      }
    }
    return sum;
  }
}
