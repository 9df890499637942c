// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.methods;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.trainer.training.Dataset;
import org.semantichash.trainer.training.TopicDocuments;
import org.semantichash.trainer.training.TrainingListener.Preparation;

class TopicModelTest {

  private static final int TOPICS = 6;
  private static final Dataset DOCUMENTS = TopicDocuments.of(900, TOPICS, 1);

  private static TopicModel model() {
    return TopicModel.of(DOCUMENTS, TOPICS, 20, new SplittableRandom(2), Preparation.NONE);
  }

  @Test
  void theTopicsAreThoseOfTheDocuments() {
    TopicModel model = model();
    Set<Integer> found = new HashSet<>();
    for (int topic = 0; topic < TOPICS; topic++) {
      int[] owners =
          Arrays.stream(model.topTerms(topic, 10))
              .map(term -> term / TopicDocuments.WORDS_A_TOPIC)
              .toArray();
      long same = Arrays.stream(owners).filter(owner -> owner == owners[0]).count();
      assertTrue(same >= 9, "top terms of topics " + Arrays.toString(owners));
      found.add(owners[0]);
    }
    assertEquals(TOPICS, found.size());
  }

  @Test
  void aDocumentIsMostlyOfItsTopic() {
    TopicModel model = model();
    int[] topicOf = new int[TOPICS];
    for (int topic = 0; topic < TOPICS; topic++) {
      topicOf[model.topTerms(topic, 1)[0] / TopicDocuments.WORDS_A_TOPIC] = topic;
    }
    int right = 0;
    for (int d = 0; d < DOCUMENTS.size(); d++) {
      double[] shares = model.shares(DOCUMENTS.vectors().get(d));
      assertEquals(1, Arrays.stream(shares).sum(), 1e-9);
      int largest =
          IntStream.range(0, TOPICS).reduce((a, b) -> shares[a] >= shares[b] ? a : b).getAsInt();
      right += largest == topicOf[DOCUMENTS.labels().get(d)[0]] ? 1 : 0;
    }
    assertTrue(right > 0.95 * DOCUMENTS.size(), right + " of " + DOCUMENTS.size());
  }

  @Test
  void aTextWithoutTermsIsOfAllTopicsAlike() {
    double[] shares = model().shares(SparseVector.EMPTY);
    for (double share : shares) {
      assertEquals(1.0 / TOPICS, share, 1e-9);
    }
  }

  /** digamma(1) = -gamma, digamma(1/2) = -gamma - 2 log 2, and its recurrence. */
  @Test
  void digammaHasItsKnownValues() {
    double gamma = 0.5772156649015329;
    assertEquals(-gamma, TopicModel.digamma(1), 1e-9);
    assertEquals(-gamma - 2 * StrictMath.log(2), TopicModel.digamma(0.5), 1e-9);
    for (double x = 0.01; x < 1000; x *= 1.7) {
      assertEquals(TopicModel.digamma(x) + 1 / x, TopicModel.digamma(x + 1), 1e-8);
    }
  }

  @Test
  void codesAreCutAtTheMedians() {
    double[][] rows = {{1, 5}, {2, 4}, {3, 3}, {9, 1}};
    assertArrayEquals(new int[] {1}, Lda.aboveMedian(rows)[0]);
    assertArrayEquals(new int[] {0}, Lda.aboveMedian(rows)[2]);
    double[][] odd = {{1}, {2}, {3}};
    assertEquals(
        List.of(0, 0, 1), Arrays.stream(Lda.aboveMedian(odd)).map(row -> row.length).toList());
  }
}
