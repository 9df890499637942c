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

import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.TwoPhaseIterator;
import org.semantichash.search.columns.WordColumns;

/** Looks codes up in the columns, for the few documents that the rest of a query leaves. */
final class ColumnLookupScorer extends DistanceScorer {

  // A cache miss for each word, against about 1 for a step of an iterator.
  private static final float MATCH_COST = 5;

  private final WordColumns columns;
  private final long[] query;
  private final CodedDocuments documents;
  private int currentDistance;

  ColumnLookupScorer(WordColumns columns, long[] query, DistanceScores scores, int maxDistance) {
    super(scores, maxDistance);
    this.columns = columns;
    this.query = query;
    this.documents = new CodedDocuments(columns);
  }

  @Override
  public int docID() {
    return documents.docID();
  }

  @Override
  public TwoPhaseIterator twoPhaseIterator() {
    return new TwoPhaseIterator(documents) {
      @Override
      public boolean matches() {
        currentDistance = columns.distance(query, documents.ordinal());
        return currentDistance <= maxDistance();
      }

      @Override
      public float matchCost() {
        return MATCH_COST * query.length;
      }
    };
  }

  @Override
  public DocIdSetIterator iterator() {
    return TwoPhaseIterator.asDocIdSetIterator(twoPhaseIterator());
  }

  @Override
  int distance() {
    return currentDistance;
  }
}
