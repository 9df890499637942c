// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

/** Scores by the distance, and forgets the distances that no longer compete. */
abstract class DistanceScorer extends SegmentScorer {

  private final Scores scores;
  private int maxDistance;

  DistanceScorer(Scores scores, int maxDistance) {
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

  /** The boosted score of every possible distance, and which distances still compete. */
  static final class Scores {

    private final float[] scores;

    Scores(int bits, float boost) {
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
}
