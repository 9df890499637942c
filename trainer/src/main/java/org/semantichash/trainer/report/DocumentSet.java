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
package org.semantichash.trainer.report;

import java.util.Arrays;
import java.util.BitSet;

/** Some documents of a database, a bit a document, which a loop over all of them reads fast. */
final class DocumentSet {

  private final long[] words;
  private final int size;

  /**
   * The set bits below a number of documents.
   *
   * @param members one bit a document
   * @param documents the number of documents in the database
   */
  DocumentSet(BitSet members, int documents) {
    words = Arrays.copyOf(members.toLongArray(), (documents + 63) / 64);
    size = members.cardinality();
  }

  /** How many documents are in the set. */
  int size() {
    return size;
  }

  /** 1 for a document in the set, 0 for another: to be added without a branch. */
  int bit(int document) {
    return (int) (words[document >> 6] >>> document) & 1;
  }
}
