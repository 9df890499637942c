// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.codes;

import java.util.function.IntPredicate;

/**
 * A share of the documents, spread evenly but in no pattern.
 *
 * @param name its term
 * @param perTenThousand how many of 10,000 documents
 */
public record DocumentShare(String name, int perTenThousand) implements IntPredicate {

  private static final int ALL = 10_000;

  @Override
  public boolean test(int ordinal) {
    // The finisher of MurmurHash3, of the ordinal and the share.
    int mixed = ordinal * 31 + perTenThousand;
    mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    mixed ^= mixed >>> 16;
    return Integer.remainderUnsigned(mixed, ALL) < perTenThousand;
  }
}
