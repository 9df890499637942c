// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many codes at a time as a vector register has words, a group. A group whose first words all
 * differ too much is left at once, its other words are never read.
 *
 * <p>Two loops: the first only notes in the bits of a long which of the next 64 groups hold
 * something near, and runs at the speed of memory; the second writes what is in those groups, from
 * the first-level cache.
 *
 * <p>Needs the module jdk.incubator.vector: nothing but {@link CodeScan#fastest} may touch this
 * class before it knows that the module is there.
 */
public final class VectorScan implements CodeScan {

  static final VectorSpecies<Long> WORDS = LongVector.SPECIES_PREFERRED;

  private static final int LANES = WORDS.length();
  private static final int STRIPE = Long.SIZE * LANES;

  /**
   * Whether it is faster than {@link CodeScan.Scalar} on this machine. With two words per vector it
   * need not be: x86 without AVX2 has no bit count of vectors.
   */
  static boolean pays() {
    return LANES >= 4;
  }

  @Override
  public int scan(
      long[][] columns,
      long[] query,
      int from,
      int to,
      int maxDistance,
      int[] ordinals,
      int[] distances) {
    HitWriter hits = new HitWriter(columns, query, maxDistance, ordinals, distances);
    if (HitWriter.PACKS == false && maxDistance >= Long.SIZE * query.length) {
      return hits.ofEach(from, to, 0); // everything is near: nothing to leave out
    }
    int end = from + WORDS.loopBound(Math.max(0, to - from));
    int found = 0;
    for (int stripe = from; stripe < end; stripe += STRIPE) {
      int stop = Math.min(end, stripe + STRIPE);
      long groups =
          switch (query.length) {
            case 1 -> oneWord(columns, query, stripe, stop, maxDistance);
            case 2 -> twoWords(columns, query, stripe, stop, maxDistance);
            case 4 -> fourWords(columns, query, stripe, stop, maxDistance);
            default -> anyWords(columns, query, stripe, stop, maxDistance);
          };
      found = hits.ofGroups(groups, stripe, found);
    }
    return hits.ofEach(end, to, found);
  }

  private static long oneWord(long[][] columns, long[] query, int from, int to, int maxDistance) {
    long[] column = columns[0];
    LongVector first = LongVector.broadcast(WORDS, query[0]);
    long groups = 0;
    long group = 1;
    for (int i = from; i < to; i += LANES, group <<= 1) {
      if (near(differing(column, i, first), maxDistance)) {
        groups |= group;
      }
    }
    return groups;
  }

  private static long twoWords(long[][] columns, long[] query, int from, int to, int maxDistance) {
    long[] firstColumn = columns[0];
    long[] secondColumn = columns[1];
    LongVector first = LongVector.broadcast(WORDS, query[0]);
    LongVector second = LongVector.broadcast(WORDS, query[1]);
    long groups = 0;
    long group = 1;
    for (int i = from; i < to; i += LANES, group <<= 1) {
      LongVector distance = differing(firstColumn, i, first);
      if (near(distance, maxDistance)
          && near(distance.add(differing(secondColumn, i, second)), maxDistance)) {
        groups |= group;
      }
    }
    return groups;
  }

  private static long fourWords(long[][] columns, long[] query, int from, int to, int maxDistance) {
    long[] firstColumn = columns[0];
    long[] secondColumn = columns[1];
    long[] thirdColumn = columns[2];
    long[] fourthColumn = columns[3];
    LongVector first = LongVector.broadcast(WORDS, query[0]);
    LongVector second = LongVector.broadcast(WORDS, query[1]);
    LongVector third = LongVector.broadcast(WORDS, query[2]);
    LongVector fourth = LongVector.broadcast(WORDS, query[3]);
    long groups = 0;
    long group = 1;
    for (int i = from; i < to; i += LANES, group <<= 1) {
      LongVector distance = differing(firstColumn, i, first);
      if (near(distance, maxDistance)) {
        distance =
            distance
                .add(differing(secondColumn, i, second))
                .add(differing(thirdColumn, i, third))
                .add(differing(fourthColumn, i, fourth));
        if (near(distance, maxDistance)) {
          groups |= group;
        }
      }
    }
    return groups;
  }

  private static long anyWords(long[][] columns, long[] query, int from, int to, int maxDistance) {
    long groups = 0;
    long group = 1;
    for (int i = from; i < to; i += LANES, group <<= 1) {
      LongVector distance = differing(columns[0], i, LongVector.broadcast(WORDS, query[0]));
      boolean near = near(distance, maxDistance);
      for (int word = 1; word < query.length && near; word++) {
        LongVector queryWord = LongVector.broadcast(WORDS, query[word]);
        distance = distance.add(differing(columns[word], i, queryWord));
        near = near(distance, maxDistance);
      }
      groups |= near ? group : 0;
    }
    return groups;
  }

  /** In how many bits each of a group of words differs from a word of the query. */
  static LongVector differing(long[] column, int ordinal, LongVector query) {
    return LongVector.fromArray(WORDS, column, ordinal)
        .lanewise(VectorOperators.XOR, query)
        .lanewise(VectorOperators.BIT_COUNT);
  }

  private static boolean near(LongVector distance, int maxDistance) {
    return distance.compare(VectorOperators.LE, maxDistance).anyTrue();
  }

  /** Writes the codes that {@link VectorScan} has found to be near, group by group. */
  static final class HitWriter {

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

    HitWriter(long[][] columns, long[] query, int maxDistance, int[] ordinals, int[] distances) {
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
}
