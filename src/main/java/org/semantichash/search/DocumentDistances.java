// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.semantichash.search.columns.WordColumns;

/** The distances of single documents of a segment to a query. */
interface DocumentDistances {

  /**
   * The distance in bits, {@link CodeDistance#NO_CODE} without a code.
   *
   * @param document after the one of the last call
   */
  int of(int document) throws IOException;

  /** Looked up in columns. */
  static DocumentDistances in(WordColumns columns, long[] query) {
    return document -> {
      int ordinal = columns.ordinalFrom(document, 0);
      return ordinal < columns.size() && columns.document(ordinal) == document
          ? columns.distance(query, ordinal)
          : CodeDistance.NO_CODE;
    };
  }

  /** Read from doc values. */
  static DocumentDistances in(BinaryDocValues codes, CodeDistance distance) {
    return document ->
        codes.advanceExact(document) ? distance.to(codes.binaryValue()) : CodeDistance.NO_CODE;
  }
}
