// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import org.apache.lucene.search.DocIdSetIterator;

/** Scores documents that are known already, as far as they still compete. */
final class FoundScorer extends DistanceScorer {

  private final FoundCodes found;
  private final int docBase;
  private final int from;
  private final int end;
  private final DocIdSetIterator iterator = new Hits();
  private int position;
  private int document = -1;

  /**
   * Scores a range of what was found.
   *
   * @param from the position of the first
   * @param end the position after the last
   * @param docBase what to subtract from their documents
   */
  FoundScorer(
      FoundCodes found, int from, int end, int docBase, DistanceScores scores, int maxDistance) {
    super(scores, maxDistance);
    this.found = found;
    this.docBase = docBase;
    this.from = from;
    this.end = end;
    this.position = from - 1;
  }

  @Override
  public int docID() {
    return document;
  }

  @Override
  public DocIdSetIterator iterator() {
    return iterator;
  }

  @Override
  int distance() {
    return found.distance(position);
  }

  /** The documents that compete. */
  private final class Hits extends DocIdSetIterator {

    @Override
    public int docID() {
      return document;
    }

    @Override
    public int nextDoc() {
      return advance(document + 1);
    }

    @Override
    public int advance(int target) {
      do {
        position++;
      } while (position < end
          && (found.document(position) - docBase < target
              || found.distance(position) > maxDistance()));
      document = position < end ? found.document(position) - docBase : NO_MORE_DOCS;
      return document;
    }

    @Override
    public long cost() {
      return (long) end - from;
    }
  }
}
