// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.semantichash.search.columns.CodeScan;
import org.semantichash.search.columns.WordColumns;

/**
 * The distances of the codes of a segment to a query, read by one thread from front to back: block
 * by block at ascending positions, or document by document.
 */
interface SegmentCodes {

  /** The position after the last. */
  int end();

  /** No document at or after a position is below this one. */
  int document(int position);

  /**
   * Finds the codes within a distance.
   *
   * @param from the first position, at or after the end of the last call
   * @param to the position after the last
   * @param documents [at least to - from] the documents found, ascending
   * @param distances [at least to - from] their distances
   * @return how many were found
   */
  int find(int from, int to, int maxDistance, int[] documents, int[] distances) throws IOException;

  /**
   * The distance of a document in bits, {@link CodeDistance#NO_CODE} without a code.
   *
   * @param document after that of the last call
   */
  int distance(int document) throws IOException;

  /** In columns: a position is an ordinal. */
  static SegmentCodes of(WordColumns columns, long[] query, CodeScan scan) {
    return new SegmentCodes() {
      @Override
      public int end() {
        return columns.size();
      }

      @Override
      public int document(int position) {
        return columns.document(position);
      }

      @Override
      public int find(int from, int to, int maxDistance, int[] documents, int[] distances) {
        int found = scan.scan(columns.words(), query, from, to, maxDistance, documents, distances);
        for (int i = 0; i < found; i++) {
          documents[i] = columns.document(documents[i]);
        }
        return found;
      }

      @Override
      public int distance(int document) {
        int ordinal = columns.ordinalFrom(document, 0);
        return ordinal < columns.size() && columns.document(ordinal) == document
            ? columns.distance(query, ordinal)
            : CodeDistance.NO_CODE;
      }
    };
  }

  /** In doc values: a position is a document. */
  static SegmentCodes of(BinaryDocValues codes, int maxDoc, CodeDistance query) {
    return new SegmentCodes() {
      @Override
      public int end() {
        return maxDoc;
      }

      @Override
      public int document(int position) {
        return position;
      }

      @Override
      public int find(int from, int to, int maxDistance, int[] documents, int[] distances)
          throws IOException {
        int found = 0;
        int document = codes.docID() < from ? codes.advance(from) : codes.docID();
        assert document >= from : document + " is after " + from;
        for (; document < to; document = codes.nextDoc()) {
          int distance = query.to(codes.binaryValue());
          documents[found] = document;
          distances[found] = distance;
          found += distance <= maxDistance ? 1 : 0;
        }
        return found;
      }

      @Override
      public int distance(int document) throws IOException {
        assert document > codes.docID() : document + " is after " + codes.docID();
        return codes.advanceExact(document) ? query.to(codes.binaryValue()) : CodeDistance.NO_CODE;
      }
    };
  }
}
