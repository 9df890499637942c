// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.semantichash.search.columns.CodeScan;
import org.semantichash.search.columns.WordColumns;

/** The codes of a segment at ascending positions, to be compared block by block. */
interface CodeBlocks {

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

  /** In columns: a position is an ordinal. */
  static CodeBlocks of(WordColumns columns, long[] query, CodeScan scan) {
    return new CodeBlocks() {
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
    };
  }

  /** In doc values: a position is a document. */
  static CodeBlocks of(BinaryDocValues codes, int maxDoc, CodeDistance query) {
    return new CodeBlocks() {
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
        for (; document < to; document = codes.nextDoc()) {
          int distance = query.to(codes.binaryValue());
          documents[found] = document;
          distances[found] = distance;
          found += distance <= maxDistance ? 1 : 0;
        }
        return found;
      }
    };
  }
}
