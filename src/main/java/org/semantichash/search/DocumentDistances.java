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
