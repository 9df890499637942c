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

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;

/** Scores the documents of one segment one by one, and forgets those that no longer compete. */
final class HammingScorer extends Scorer {

  // Reading a doc value and counting its bits, against about 1 for a step of an iterator.
  private static final float MATCH_COST = 10;

  private final BinaryDocValues codes;
  private final CodeDistance distance;
  private final DistanceScores scores;
  private int maxDistance;
  private int currentDistance;

  HammingScorer(
      BinaryDocValues codes, CodeDistance distance, DistanceScores scores, int maxDistance) {
    this.codes = codes;
    this.distance = distance;
    this.scores = scores;
    this.maxDistance = maxDistance;
  }

  @Override
  public int docID() {
    return codes.docID();
  }

  @Override
  public TwoPhaseIterator twoPhaseIterator() {
    return new TwoPhaseIterator(codes) {
      @Override
      public boolean matches() throws IOException {
        return currentMatches();
      }

      @Override
      public float matchCost() {
        return MATCH_COST;
      }
    };
  }

  @Override
  public DocIdSetIterator iterator() {
    return TwoPhaseIterator.asDocIdSetIterator(twoPhaseIterator());
  }

  /** Whether the code that the doc values stand on is within the largest distance. */
  boolean currentMatches() throws IOException {
    currentDistance = distance.to(codes.binaryValue());
    return currentDistance <= maxDistance;
  }

  /** Whether any document can still compete. */
  boolean isExhausted() {
    return maxDistance < 0;
  }

  @Override
  public float score() {
    return scores.score(currentDistance);
  }

  @Override
  public float getMaxScore(int upTo) {
    return scores.max();
  }

  @Override
  public void setMinCompetitiveScore(float minScore) {
    maxDistance = scores.maxCompetitiveDistance(minScore, maxDistance);
  }
}
