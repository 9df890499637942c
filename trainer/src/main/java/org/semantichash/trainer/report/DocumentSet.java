// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
