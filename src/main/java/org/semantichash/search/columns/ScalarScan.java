// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

/** One code after the other, with the processor's bit count. */
public final class ScalarScan implements CodeScan {

  @Override
  public int scan(
      long[][] columns,
      long[] query,
      int from,
      int to,
      int maxDistance,
      int[] ordinals,
      int[] distances) {
    int found = 0;
    for (int ordinal = from; ordinal < to; ordinal++) {
      int distance = 0;
      for (int word = 0; word < query.length; word++) {
        distance += Long.bitCount(columns[word][ordinal] ^ query[word]);
      }
      ordinals[found] = ordinal;
      distances[found] = distance;
      found += distance <= maxDistance ? 1 : 0;
    }
    return found;
  }
}
