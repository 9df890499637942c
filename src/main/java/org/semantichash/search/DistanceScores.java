// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

/** The boosted score of every possible distance, and which distances still compete. */
final class DistanceScores {

  private final float[] scores;

  DistanceScores(int bits, float boost) {
    scores = new float[bits + 1];
    for (int distance = 0; distance <= bits; distance++) {
      scores[distance] = boost * HammingSimilarity.score(bits, distance);
    }
  }

  float score(int distance) {
    return scores[distance];
  }

  /** No document scores more. */
  float max() {
    return scores[0];
  }

  /**
   * The largest distance, up to a limit, whose score reaches a minimum; -1 when none does.
   *
   * @param limit the largest distance that was competitive before
   */
  int maxCompetitiveDistance(float minScore, int limit) {
    int distance = limit;
    while (distance >= 0 && scores[distance] < minScore) {
      distance--;
    }
    return distance;
  }
}
