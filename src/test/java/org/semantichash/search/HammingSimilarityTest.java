// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HammingSimilarityTest {

  @Test
  void theScoreFallsStrictlyAndTheDistanceComesBack() {
    for (int bits : new int[] {4, 64, 128, 1000, 4096}) {
      assertEquals(1f, HammingSimilarity.score(bits, 0));
      assertEquals(0f, HammingSimilarity.score(bits, bits));
      for (int distance = 0; distance <= bits; distance++) {
        float score = HammingSimilarity.score(bits, distance);
        assertEquals(distance, HammingSimilarity.distance(bits, score));
        assertTrue(distance == 0 || score < HammingSimilarity.score(bits, distance - 1));
      }
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> HammingSimilarity.score(8, 9));
    assertThrows(IllegalArgumentException.class, () -> HammingSimilarity.score(8, -1));
    assertThrows(IllegalArgumentException.class, () -> HammingSimilarity.distance(8, 1.1f));
    assertThrows(IllegalArgumentException.class, () -> HammingSimilarity.distance(8, Float.NaN));
  }

  @Test
  void theLargestDistanceThatStillCompetesIsTheLastThatReachesTheScore() {
    DistanceScorer.Scores scores = new DistanceScorer.Scores(64, 2.5f);
    for (int distance = 0; distance <= 64; distance++) {
      float score = scores.score(distance);
      assertEquals(distance, scores.maxCompetitiveDistance(score, 64));
      assertEquals(distance - 1, scores.maxCompetitiveDistance(Math.nextUp(score), 64));
    }
    assertEquals(10, scores.maxCompetitiveDistance(0f, 10));
  }
}
