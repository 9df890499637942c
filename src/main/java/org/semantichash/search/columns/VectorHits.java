// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Writes the codes that {@link VectorScan} has found to be near, group by group. */
final class VectorHits {

  private static final VectorSpecies<Long> WORDS = VectorScan.WORDS;
  private static final int LANES = WORDS.length();

  // As many ints as there are words in a vector.
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(LANES * Integer.SIZE));
  private static final IntVector LANE = IntVector.zero(INTS).addIndex(1);

  /** Whether one instruction packs the lanes of a mask, as AVX-512 does; elsewhere it is slow. */
  static final boolean PACKS = LANES >= 8;

  private final long[][] columns;
  private final long[] query;
  private final int maxDistance;
  private final int[] ordinals;
  private final int[] distances;

  VectorHits(long[][] columns, long[] query, int maxDistance, int[] ordinals, int[] distances) {
    this.columns = columns;
    this.query = query;
    this.maxDistance = maxDistance;
    this.ordinals = ordinals;
    this.distances = distances;
  }

  /**
   * Writes what is near in some groups.
   *
   * @param groups bit g for the group that starts g times a vector's words after the first
   * @param first the ordinal at which group 0 starts
   * @param found how many hits are written already
   * @return how many are written now
   */
  int ofGroups(long groups, int first, int found) {
    if (PACKS == false && groups == -1L) {
      return ofEach(first, first + Long.SIZE * LANES, found);
    }
    int next = found;
    for (long left = groups; left != 0; left &= left - 1) {
      int from = first + Long.numberOfTrailingZeros(left) * LANES;
      next = PACKS ? packed(from, next) : ofEach(from, from + LANES, next);
    }
    return next;
  }

  private int packed(int from, int found) {
    LongVector distance = LongVector.zero(WORDS);
    for (int word = 0; word < query.length; word++) {
      LongVector queryWord = LongVector.broadcast(WORDS, query[word]);
      distance = distance.add(VectorScan.differing(columns[word], from, queryWord));
    }
    VectorMask<Long> near = distance.compare(VectorOperators.LE, maxDistance);
    VectorMask<Integer> kept = near.cast(INTS);
    // Whole vectors fit: no more hits than codes were written before this group.
    LANE.add(from).compress(kept).intoArray(ordinals, found);
    IntVector ints = (IntVector) distance.convertShape(VectorOperators.L2I, INTS, 0);
    ints.compress(kept).intoArray(distances, found);
    return found + near.trueCount();
  }

  /** Writes what is near from one ordinal up to another, without vectors. */
  int ofEach(int from, int to, int found) {
    int next = found;
    for (int ordinal = from; ordinal < to; ordinal++) {
      int distance = 0;
      for (int word = 0; word < query.length; word++) {
        distance += Long.bitCount(columns[word][ordinal] ^ query[word]);
      }
      ordinals[next] = ordinal;
      distances[next] = distance;
      next += distance <= maxDistance ? 1 : 0;
    }
    return next;
  }
}
