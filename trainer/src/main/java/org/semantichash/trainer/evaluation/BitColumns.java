// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

/** Codes turned on their side: for each bit the documents in which it is one, packed in words. */
final class BitColumns {

  private final int documents;
  private final long[][] columns;
  private final int[] ones;

  BitColumns(HammingCounter codes) {
    documents = codes.size();
    columns = new long[codes.bits()][(documents + 63) / 64];
    for (int document = 0; document < documents; document++) {
      for (int word = 0; word * 64 < codes.bits(); word++) {
        set(codes.word(document, word), word * 64, document);
      }
    }
    ones = new int[columns.length];
    for (int bit = 0; bit < ones.length; bit++) {
      ones[bit] = both(bit, bit);
    }
  }

  private void set(long word, int firstBit, int document) {
    for (long left = word; left != 0; left &= left - 1) {
      int bit = firstBit + 63 - Long.numberOfTrailingZeros(left);
      columns[bit][document >> 6] |= 1L << document;
    }
  }

  int documents() {
    return documents;
  }

  int bits() {
    return columns.length;
  }

  /** The number of documents in which a bit is one. */
  int ones(int bit) {
    return ones[bit];
  }

  /** The number of documents in which both bits are one. */
  int both(int a, int b) {
    long[] left = columns[a];
    long[] right = columns[b];
    int count = 0;
    for (int word = 0; word < left.length; word++) {
      count += Long.bitCount(left[word] & right[word]);
    }
    return count;
  }
}
