// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.TwoPhaseIterator;

/** Reads the stored codes of the documents of one segment one by one. */
final class DocValuesScorer extends DistanceScorer {

  // Reading a doc value and counting its bits, against about 1 for a step of an iterator.
  private static final float MATCH_COST = 10;

  private final BinaryDocValues codes;
  private final CodeDistance distance;
  private int currentDistance;

  DocValuesScorer(
      BinaryDocValues codes, CodeDistance distance, DistanceScores scores, int maxDistance) {
    super(scores, maxDistance);
    this.codes = codes;
    this.distance = distance;
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
    return currentDistance <= maxDistance();
  }

  @Override
  int distance() {
    return currentDistance;
  }
}
