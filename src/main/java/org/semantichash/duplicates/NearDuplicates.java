// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

/**
 * The near-duplicates among documents: every pair of codes within a distance, and groups of
 * documents. Exact. A document is the index of its code in the table; the order of the documents is
 * the caller's choice and decides ties.
 *
 * <p>Holds its memory until it is closed.
 */
public final class NearDuplicates implements AutoCloseable {

  private static final int WIDE = 128; // bits: three tenths of fewer are near by chance too often

  private final DistinctCodes distinct;
  private final CodePairs pairs;
  private final DuplicateGroups groups;
  private final Reservation memory;

  private NearDuplicates(
      DistinctCodes distinct, CodePairs pairs, DuplicateGroups groups, Reservation memory) {
    this.distinct = distinct;
    this.pairs = pairs;
    this.groups = groups;
    this.memory = memory;
  }

  /**
   * The largest distance of a pair unless another one is asked for, of codes that keep the angles
   * between texts ({@code lsh} and the built-in models). The distances of unrelated texts spread
   * less, for their width, the wider the codes are, so wider codes allow a larger share of their
   * bits. It is measured: precision and recall by radius are in the guide of near-duplicates.
   *
   * @param bits the width of the codes
   * @param verified whether the texts decide, of which a pair of codes is only a candidate
   * @return a quarter of the width less 8 bits, but at least an eighth: 8 of 64 bits, 24 of 128, 56
   *     of 256. For candidates a quarter, and from 128 bits on three tenths: 16 of 64, 38 of 128
   */
  public static int defaultMaxDistance(int bits, boolean verified) {
    if (verified) {
      return bits < WIDE ? bits / 4 : 3 * bits / 10;
    }
    return Math.max(bits / 8, bits / 4 - 8);
  }

  /**
   * The largest distance of a pair.
   *
   * @param asked what was asked for; null for the default
   * @param bits the width of the codes
   * @param verified whether the texts decide
   * @see #defaultMaxDistance
   */
  public static int maxDistance(Integer asked, int bits, boolean verified) {
    return asked == null ? defaultMaxDistance(bits, verified) : asked;
  }

  /**
   * Finds them.
   *
   * @param codes of the documents; their memory is the caller's
   * @param maxDistance the largest distance of a pair, 0 to the width of the codes
   * @param grouping the groups that are wanted
   * @param resources what may be used; on an exception, the monitor's too, all is given back
   * @throws JoinResources.MemoryRefusedException when the account does not grant the memory that is
   *     needed
   */
  public static NearDuplicates find(
      CodeTable codes, int maxDistance, Grouping grouping, JoinResources resources) {
    Reservation memory = new Reservation(resources.memory());
    try {
      return find(codes, maxDistance, grouping, resources, memory);
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  private static NearDuplicates find(
      CodeTable codes,
      int maxDistance,
      Grouping grouping,
      JoinResources resources,
      Reservation memory) {
    Workers workers = new Workers(resources);
    CandidatePairs found =
        CandidatePairs.find(codes, maxDistance, CandidatePairs.PairLimit.NONE, workers, memory);
    DistinctCodes distinct = found.distinct();
    CodePairs pairs = found.pairs();
    workers.stage(1);
    DuplicateGroups groups = group(distinct, pairs, grouping, workers, memory);
    workers.advance(1);
    return new NearDuplicates(distinct, pairs, groups, memory);
  }

  private static DuplicateGroups group(
      DistinctCodes distinct,
      CodePairs pairs,
      Grouping grouping,
      Workers workers,
      Reservation memory) {
    long bytes = CodeGroups.bytes(distinct.size());
    memory.reserve(bytes, "the groups of [" + distinct.size() + "] codes");
    CodeGroups codes = new CodeGroups(distinct, grouping.maxSize(), workers);
    codes.merge(pairs, grouping.linkage());
    DuplicateGroups groups = DuplicateGroups.of(codes, distinct.size(), grouping.minSize(), memory);
    memory.release(bytes);
    return groups;
  }

  /** The codes that differ, and their documents. */
  public DistinctCodes distinct() {
    return distinct;
  }

  /** The pairs of different codes, by their numbers in {@link #distinct()}. */
  public CodePairs codePairs() {
    return pairs;
  }

  /** The groups of documents. */
  public DuplicateGroups groups() {
    return groups;
  }

  /** How many pairs of documents have each distance, [0 to the largest]. */
  public long[] distances() {
    long[] counts = new long[pairs.maxDistance() + 1];
    for (int code = 0; code < distinct.size(); code++) {
      long count = distinct.count(code);
      counts[0] += count * (count - 1) / 2;
    }
    for (int distance = 1, pair = 0; distance < counts.length; distance++) {
      for (; pair < pairs.end(distance); pair++) {
        counts[distance] +=
            (long) distinct.count(pairs.lower(pair)) * distinct.count(pairs.upper(pair));
      }
    }
    return counts;
  }

  /** How many pairs of documents are within the largest distance. */
  public long pairs() {
    long sum = 0;
    for (long count : distances()) {
      sum += count;
    }
    return sum;
  }

  /** Gives the memory back; nothing of it may be used then. */
  @Override
  public void close() {
    memory.close();
  }
}
