// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import org.semantichash.search.columns.CodeScan;

/**
 * How a search reads columns.
 *
 * @param scan what finds the near codes of a range
 * @param lookupShare where the rest of a query leaves less than this share of the codes, those are
 *     looked up one by one instead of scanning all
 */
record ColumnAccess(CodeScan scan, double lookupShare) {

  // A look-up costs about 40 ns, cache misses and all, a scan 0.5 to 1 ns a code: level between one
  // document in 35 (128 bits) and one in 60 (64 bits).
  private static final double LOOKUP_SHARE = 1.0 / 64;

  /** The fastest on this machine. */
  static final ColumnAccess FASTEST = new ColumnAccess(CodeScan.fastest(), LOOKUP_SHARE);

  /**
   * Whether to look up a number of documents rather than to scan all codes. A segment without codes
   * counts as one, since an endless share of none is no number.
   */
  boolean looksUp(long documents, long codes) {
    return documents < lookupShare * Math.max(1, codes);
  }
}
