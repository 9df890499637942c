// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
  private final Documents documents;
  private int currentDistance;

  ColumnLookupScorer(
      WordColumns columns, long[] query, DistanceScorer.Scores scores, int maxDistance) {
    super(scores, maxDistance);
    this.columns = columns;
    this.query = query;
    this.documents = new Documents(columns);
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

  /** All documents that have a code. */
  static final class Documents extends DocIdSetIterator {

    private final WordColumns columns;
    private int ordinal = -1;
    private int document = -1;

    Documents(WordColumns columns) {
      this.columns = columns;
    }

    /** The ordinal of the current document. */
    int ordinal() {
      return ordinal;
    }

    @Override
    public int docID() {
      return document;
    }

    @Override
    public int nextDoc() {
      return moveTo(ordinal + 1);
    }

    @Override
    public int advance(int target) {
      return moveTo(
          target >= NO_MORE_DOCS ? columns.size() : columns.ordinalFrom(target, ordinal + 1));
    }

    private int moveTo(int next) {
      ordinal = next;
      document = next < columns.size() ? columns.document(next) : NO_MORE_DOCS;
      return document;
    }

    @Override
    public long cost() {
      return columns.size();
    }
  }
}
