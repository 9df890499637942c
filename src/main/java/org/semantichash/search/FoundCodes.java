// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Arrays;

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
    this.documents = documents;
    this.distances = distances;
  }

  /** Those of some documents, ascending, that are within a distance. */
  static FoundCodes within(int[] documents, DocumentDistances distances, int maxDistance)
      throws IOException {
    int[] near = new int[documents.length];
    int[] nearDistances = new int[documents.length];
    int found = 0;
    for (int document : documents) {
      int distance = distances.of(document);
      near[found] = document;
      nearDistances[found] = distance;
      found += distance <= maxDistance ? 1 : 0;
    }
    return new FoundCodes(Arrays.copyOf(near, found), Arrays.copyOf(nearDistances, found));
  }

  /** How many. */
  int size() {
    return documents.length;
  }

  /** A document. */
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
}
