// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
