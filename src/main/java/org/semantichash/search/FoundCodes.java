// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;

/** Documents that were found, ascending, and their distances. */
final class FoundCodes {

  private final int[] documents;
  private final int[] distances;

  /**
   * Found codes; the arrays are kept, not copied.
   *
   * @param documents [found] the documents, ascending
   * @param distances [found] their distances, in bits
   */
  FoundCodes(int[] documents, int[] distances) {
    assert documents.length == distances.length : documents.length + ", " + distances.length;
    this.documents = documents;
    this.distances = distances;
  }

  /** The documents among these, ascending, whose codes are within a distance. */
  static FoundCodes within(int[] documents, SegmentCodes codes, int maxDistance)
      throws IOException {
    int[] near = new int[documents.length];
    int[] nearDistances = new int[documents.length];
    int found = 0;
    for (int document : documents) {
      int distance = codes.distance(document);
      near[found] = document;
      nearDistances[found] = distance;
      found += distance <= maxDistance ? 1 : 0;
    }
    return new FoundCodes(Arrays.copyOf(near, found), Arrays.copyOf(nearDistances, found));
  }

  int size() {
    return documents.length;
  }

  int document(int position) {
    return documents[position];
  }

  /** The distance of a document, in bits. */
  int distance(int position) {
    return distances[position];
  }

  /** The position of the first document at or after one, the size when there is none. */
  int positionFrom(int document) {
    int position = Arrays.binarySearch(documents, document);
    return position < 0 ? -1 - position : position;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof FoundCodes other
        && Arrays.equals(documents, other.documents)
        && Arrays.equals(distances, other.distances);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(documents) + Arrays.hashCode(distances);
  }

  /**
   * Scores a range of them, as far as they still compete.
   *
   * @param from the position of the first
   * @param end the position after the last
   * @param docBase what to subtract from their documents
   */
  Scorer scorer(int from, int end, int docBase, DistanceScorer.Scores scores, int maxDistance) {
    assert from >= 0 && from <= end && end <= size() : from + " to " + end + " of " + size();
    return new FoundScorer(from, end, docBase, scores, maxDistance);
  }

  private final class FoundScorer extends DistanceScorer {

    private final int docBase;
    private final int from;
    private final int end;
    private final DocIdSetIterator iterator = new CompetitiveIterator();
    private int position;
    private int document = -1;

    FoundScorer(int from, int end, int docBase, Scores scores, int maxDistance) {
      super(scores, maxDistance);
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
      return distances[position];
    }

    /** The documents that compete. */
    private final class CompetitiveIterator extends DocIdSetIterator {

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
            && (documents[position] - docBase < target || distances[position] > maxDistance()));
        document = position < end ? documents[position] - docBase : NO_MORE_DOCS;
        return document;
      }

      @Override
      public long cost() {
        return (long) end - from;
      }
    }
  }
}
