// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

/**
 * What the ways to search a segment cost, measured against each other. The unit is one word of a
 * scanned column, about half a nanosecond.
 *
 * @param lookup of a chunk term: two or three blocks of the dictionary
 * @param candidate of a document of such a term: its posting, and a cache miss for its code
 * @param docValue of a code read from the doc values, in the order of documents
 */
record SearchCosts(long lookup, long candidate, long docValue) {

  /** As measured with 1 and 10 million codes of 128 bits. */
  static final SearchCosts MEASURED = new SearchCosts(2000, 300, 25);

  private static final int SCANNED_WORDS = 4;

  // Cache misses against a stream.
  private static final long COLUMN_LOOKUP = 8;

  private static final long ENDLESS = Long.MAX_VALUE / 4;

  /** A scan of word columns with a bound that few codes are within after some words. */
  long columns(long codes, int words) {
    return codes * Math.min(words, SCANNED_WORDS);
  }

  /** Looking single documents up in word columns. */
  long columnLookups(long documents, int words) {
    return Math.min(documents, ENDLESS / (COLUMN_LOOKUP * words)) * COLUMN_LOOKUP * words;
  }

  /** A walk over doc values. */
  long docValues(long codes, int words) {
    return codes * (docValue + words);
  }

  /** Looking chunk terms up; can be added to itself once. */
  long lookups(long terms) {
    return terms > ENDLESS / (lookup + 1) ? ENDLESS : terms * lookup;
  }

  /** Reading and comparing the documents of chunk terms. */
  long candidates(long documents) {
    return documents * candidate;
  }
}
