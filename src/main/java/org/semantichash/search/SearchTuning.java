// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import org.semantichash.search.columns.CodeScan;

/**
 * How a query chooses its way and walks it; what is found does not depend on it.
 *
 * @param scan what finds the near codes of a range of columns
 * @param lookupShare where the rest of a query leaves less than this share of the codes, those are
 *     looked up one by one instead of scanning all
 * @param costs what the ways to search cost
 */
record SearchTuning(CodeScan scan, double lookupShare, Costs costs) {

  // A look-up costs about 40 ns, cache misses and all, a scan 0.5 to 1 ns per code: level between
  // one document in 35 (128 bits) and one in 60 (64 bits).
  private static final double LOOKUP_SHARE = 1.0 / 64;

  /** The fastest on this machine, by measured costs. */
  static final SearchTuning MEASURED =
      new SearchTuning(CodeScan.fastest(), LOOKUP_SHARE, Costs.MEASURED);

  /** The same with other costs. */
  SearchTuning with(Costs others) {
    return new SearchTuning(scan, lookupShare, others);
  }

  /** The same with another way to read columns. */
  SearchTuning with(CodeScan otherScan, double otherShare) {
    return new SearchTuning(otherScan, otherShare, costs);
  }

  /**
   * Whether to look up a number of documents rather than to scan all codes. A segment without codes
   * counts as one, since an endless share of none is no number.
   */
  boolean looksUp(long documents, long codes) {
    return documents < lookupShare * Math.max(1, codes);
  }

  /**
   * What the ways to search a segment cost, measured against each other. The unit is one word of a
   * scanned column, about half a nanosecond.
   *
   * @param lookup of a chunk term: two or three blocks of the dictionary
   * @param candidate of a document of such a term: its posting, and a cache miss for its code
   * @param docValue of a code read from the doc values, in the order of documents
   * @param clustered of a code of a cluster, read out of order
   */
  record Costs(long lookup, long candidate, long docValue, long clustered) {

    /** As measured with 1 and 10 million codes of 128 bits. */
    static final Costs MEASURED = new Costs(2000, 300, 25, 128);

    private static final int SCANNED_WORDS = 4;

    // Cache misses against a stream.
    private static final long COLUMN_LOOKUP = 8;

    private static final long ENDLESS = Long.MAX_VALUE / 4;

    /** A scan of word columns with a bound that few codes are within after some words. */
    long columns(long codes, int words) {
      return codes * Math.min(words, SCANNED_WORDS);
    }

    /** Reading the codes of clusters. */
    long clusters(long codes) {
      return codes * clustered;
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
}
