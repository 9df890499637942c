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
