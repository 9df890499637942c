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

import org.apache.lucene.search.Scorer;

/** Scores by the distance, and forgets the distances that no longer compete. */
abstract class DistanceScorer extends Scorer {

  private final DistanceScores scores;
  private int maxDistance;

  DistanceScorer(DistanceScores scores, int maxDistance) {
    this.scores = scores;
    this.maxDistance = maxDistance;
  }

  /** The distance of the current document, in bits. */
  abstract int distance();

  /** The largest distance that still competes, in bits; below 0 when none does. */
  final int maxDistance() {
    return maxDistance;
  }

  /** Whether any document can still compete. */
  final boolean isExhausted() {
    return maxDistance < 0;
  }

  @Override
  public final float score() {
    return scores.score(distance());
  }

  @Override
  public final float getMaxScore(int upTo) {
    return scores.max();
  }

  @Override
  public final void setMinCompetitiveScore(float minScore) {
    maxDistance = scores.maxCompetitiveDistance(minScore, maxDistance);
  }
}
