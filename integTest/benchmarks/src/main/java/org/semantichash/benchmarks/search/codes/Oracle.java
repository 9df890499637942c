// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.codes;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.semantichash.it.oracle.CodeSet;

/** What queries must find, by a plain loop over all codes; counted once for each query. */
public final class Oracle {

  private final CodeSet codes;
  private final long[][] queries;
  private final IntPredicate accepted;
  private final int[][] histograms; // [queries][distance] how many codes, null before its turn

  /** Of all codes. */
  public Oracle(CodeSet codes, long[][] queries) {
    this(codes, queries, ordinal -> true);
  }

  /** Of the codes whose ordinals are accepted. */
  public Oracle(CodeSet codes, long[][] queries, IntPredicate accepted) {
    this.codes = codes;
    this.queries = queries;
    this.accepted = accepted;
    this.histograms = new int[queries.length][];
  }

  /** The distances of the nearest codes, ascending. */
  public int[] nearest(int query, int k) {
    return nearest(query, k, codes.bits());
  }

  /** The distances of the nearest codes within a radius, ascending. */
  public synchronized int[] nearest(int query, int k, int radius) {
    if (histograms[query] == null) {
      histograms[query] = histogram(queries[query]);
    }
    int[] nearest = new int[k];
    int found = 0;
    for (int distance = 0; distance <= Math.min(radius, codes.bits()) && found < k; distance++) {
      int to = Math.min(k, found + histograms[query][distance]);
      Arrays.fill(nearest, found, to, distance);
      found = to;
    }
    return Arrays.copyOf(nearest, found);
  }

  private int[] histogram(long[] query) {
    int[] histogram = new int[codes.bits() + 1];
    for (int ordinal = 0; ordinal < codes.size(); ordinal++) {
      if (accepted.test(ordinal)) {
        histogram[codes.distance(query, ordinal)]++;
      }
    }
    return histogram;
  }
}
