// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.trainer.corpus.Corpus.Document;
import org.semantichash.trainer.corpus.Corpus.DocumentSource;
import org.semantichash.trainer.features.Features.FeatureOptions;

class FeaturesTest {

  private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

  @Test
  void aSplitLosesAndRepeatsNothingAndDependsOnTheSeed() {
    Split<Integer> split = Split.random(HUNDRED, 0.1, 0.25, 3);
    assertEquals(65, split.training().size());
    assertEquals(10, split.validation().size());
    assertEquals(25, split.test().size());
    Set<Integer> all = new HashSet<>(split.training());
    all.addAll(split.validation());
    all.addAll(split.test());
    assertEquals(100, all.size());
    assertEquals(split, Split.random(HUNDRED, 0.1, 0.25, 3));
    assertNotEquals(split, Split.random(HUNDRED, 0.1, 0.25, 4));
    assertEquals(0, Split.random(HUNDRED, 0.1, 0, 3).test().size());
  }

  @Test
  void sharesAreChecked() {
    assertEquals(
        "[validation] must be above [0], [test] at least [0], both together below [1], got [0.6]"
            + " and [0.4]",
        assertThrows(IllegalArgumentException.class, () -> Split.random(HUNDRED, 0.6, 0.4, 1))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Split.random(HUNDRED, 0, 0.4, 1));
    assertEquals(
        "the training part must hold at least [1] document, got [0] of [2] with [validation] [0.05]"
            + " and [test] [0.05]",
        assertThrows(
                IllegalArgumentException.class, () -> Split.random(List.of(1, 2), 0.05, 0.05, 1))
            .getMessage());
    assertEquals(1, Split.random(List.of(1, 2, 3), 0.05, 0.05, 1).training().size());
    assertThrows(IllegalArgumentException.class, () -> Split.random(HUNDRED, 0.1, Double.NaN, 1));
  }

  /** More documents than a batch has, on one thread and on several. */
  @Test
  void streamedDocumentsGiveTheVectorsOfTheirPlaceOnAnyNumberOfThreads() throws Exception {
    List<Document> documents = randomDocuments(9000);
    Split<Integer> numbers = Split.random(documents.size(), 0.1, 0.2, 6);
    Features expected = Features.of(Split.random(documents, 0.1, 0.2, 6), FeatureOptions.DEFAULTS);
    assertEquals(60, expected.vectorizer().vocabulary().size());
    for (int threads = 1; threads <= 4; threads += 3) {
      Features actual;
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        DocumentSource source = DocumentSource.of(documents);
        actual = pool.submit(() -> Features.of(source, numbers, FeatureOptions.DEFAULTS)).get();
      }
      assertEquals(
          expected.vectorizer().vocabulary().terms(), actual.vectorizer().vocabulary().terms());
      assertEquals(expected.training().vectors(), actual.training().vectors());
      assertEquals(expected.validation().vectors(), actual.validation().vectors());
      assertEquals(expected.test().vectors(), actual.test().vectors());
      assertSameLabels(documents, numbers.training(), actual.training().labels());
      assertSameLabels(documents, numbers.test(), actual.test().labels());
    }
  }

  private static List<Document> randomDocuments(int n) {
    SplittableRandom random = new SplittableRandom(4);
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String text = "w" + random.nextInt(60) + " w" + random.nextInt(60) + " w" + random.nextInt(9);
      documents.add(new Document("" + i, text, List.of("l" + random.nextInt(5))));
    }
    return documents;
  }

  /** Two documents have the same label id exactly when they have the same label. */
  private static void assertSameLabels(
      List<Document> documents, List<Integer> part, List<int[]> labels) {
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < part.size(); i++) {
      String name = documents.get(part.get(i)).labels().getFirst();
      ids.putIfAbsent(name, labels.get(i)[0]);
      assertArrayEquals(new int[] {ids.get(name)}, labels.get(i));
    }
    assertEquals(ids.size(), new HashSet<>(ids.values()).size());
  }

  @Test
  void theVocabularyKnowsTheTrainingPartOnly() {
    Split<Document> split =
        new Split<>(
            List.of(
                new Document("1", "red apple", List.of("fruit")),
                new Document("2", "red car", List.of("vehicle", "fruit"))),
            List.of(new Document("3", "blue apple", List.of("vehicle"))),
            List.of(new Document("4", "green", List.of("colour"))));
    Features features =
        Features.of(
            split, new FeatureOptions(AnalyzerSpec.defaults(), TfIdfOptions.DEFAULT, 1, 1.0, 10));
    assertEquals(List.of("apple", "car", "red"), features.vectorizer().vocabulary().terms());
    assertEquals(2, features.vectorizer().vocabulary().documentCount());
    assertArrayEquals(new int[] {0}, features.validation().vectors().get(0).ids());
    assertEquals(0, features.test().vectors().get(0).size());
    assertArrayEquals(new int[] {0}, features.training().labels().get(0));
    assertArrayEquals(new int[] {0, 1}, features.training().labels().get(1));
    assertArrayEquals(new int[] {1}, features.validation().labels().get(0));
    assertArrayEquals(new int[] {2}, features.test().labels().get(0));
  }

  @Test
  void theVocabularyFollowsTheDocumentsUnlessItsSizeIsGiven() {
    FeatureOptions defaults = FeatureOptions.DEFAULTS;
    FeatureOptions byDocuments =
        new FeatureOptions(
            defaults.analyzer(), defaults.tfIdf(), 2, 0.5, FeatureOptions.BY_DOCUMENTS);
    assertEquals(10_000, byDocuments.mostTerms(30));
    assertEquals(30_000, byDocuments.mostTerms(20_000));
    assertEquals(50_000, byDocuments.mostTerms(2_000_000_000));
    assertEquals("by_documents", byDocuments.toProperties().get("max_features"));
    assertEquals(10_000, defaults.mostTerms(1_000_000));
  }
}
