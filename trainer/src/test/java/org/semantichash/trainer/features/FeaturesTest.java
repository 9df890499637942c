/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.trainer.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.bagofwords.TfIdfOptions;
import org.semantichash.trainer.corpus.Document;

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
}
