// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import org.semantichash.duplicates.CodePairs;
import org.semantichash.duplicates.CodeTable;
import org.semantichash.duplicates.DistinctCodes;
import org.semantichash.duplicates.NearDuplicates;

/** Tells sets of pairs apart: for each distance how many there are and a sum of their hashes. */
final class PairDigest {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private PairDigest() {}

  /** Of all pairs of documents that a comparison of all with all finds, [2 x distances]. */
  static long[] ofAll(CodeTable codes, int maxDistance) {
    long[] digest = new long[2 * maxDistance + 2];
    for (int i = 0; i < codes.size(); i++) {
      for (int j = i + 1; j < codes.size(); j++) {
        int distance = codes.distance(i, j);
        if (distance <= maxDistance) {
          add(digest, i, j, distance);
        }
      }
    }
    return digest;
  }

  /** Of all pairs of documents that were found. */
  static long[] of(NearDuplicates found) {
    CodePairs pairs = found.codePairs();
    DistinctCodes distinct = found.distinct();
    long[] digest = new long[2 * pairs.maxDistance() + 2];
    for (int code = 0; code < distinct.size(); code++) {
      for (int i = 0; i < distinct.count(code); i++) {
        for (int j = i + 1; j < distinct.count(code); j++) {
          add(digest, distinct.document(code, i), distinct.document(code, j), 0);
        }
      }
    }
    for (int pair = 0, distance = 0; pair < pairs.size(); pair++) {
      while (pair >= pairs.end(distance)) {
        distance++;
      }
      addAll(digest, distinct, pairs.lower(pair), pairs.upper(pair), distance);
    }
    return digest;
  }

  private static void addAll(
      long[] digest, DistinctCodes distinct, int one, int other, int distance) {
    for (int i = 0; i < distinct.count(one); i++) {
      for (int j = 0; j < distinct.count(other); j++) {
        add(digest, distinct.document(one, i), distinct.document(other, j), distance);
      }
    }
  }

  private static void add(long[] digest, int one, int other, int distance) {
    long pair = (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
    long hash = (pair + 1) * MULTIPLIER;
    digest[2 * distance]++;
    digest[2 * distance + 1] += (hash ^ hash >>> 29) * MULTIPLIER;
  }
}
