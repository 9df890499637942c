// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The different codes of documents and all pairs of them within a distance, not grouped yet. Holds
 * its memory until it is closed.
 */
public final class CandidatePairs implements AutoCloseable {

  private final DistinctCodes distinct;
  private final CodePairs pairs;
  private final Reservation memory;

  private CandidatePairs(DistinctCodes distinct, CodePairs pairs, Reservation memory) {
    this.distinct = distinct;
    this.pairs = pairs;
    this.memory = memory;
  }

  /**
   * Finds them.
   *
   * @param codes of the documents; their memory is the caller's
   * @param maxDistance the largest distance of a pair, 0 to the width of the codes
   * @param most how many pairs of different codes there may be
   * @param resources what may be used; on an exception all is given back
   * @throws TooManyPairsException when there are more pairs
   * @throws JoinResources.MemoryRefusedException when the memory is not granted
   */
  public static CandidatePairs find(
      CodeTable codes, int maxDistance, long most, JoinResources resources) {
    Reservation memory = new Reservation(resources.memory());
    try {
      Workers workers = new Workers(resources);
      PairLimit limit = new PairLimit(most);
      CandidatePairs found = find(codes, maxDistance, limit, workers, memory);
      limit.check(found.pairs.size());
      workers.stage(1);
      workers.advance(1);
      return found;
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  /** The same with the workers of a longer computation, of which this is the first 60 percent. */
  static CandidatePairs find(
      CodeTable codes, int maxDistance, PairLimit limit, Workers workers, Reservation memory) {
    if (maxDistance < 0 || maxDistance > codes.bits()) {
      throw new IllegalArgumentException(
          "[max_distance] must be between [0] and ["
              + codes.bits()
              + "], the width of the codes, got ["
              + maxDistance
              + "]");
    }
    workers.stage(0.1);
    DistinctCodes distinct = DistinctCodes.of(codes, workers, memory);
    workers.stage(0.5);
    List<CodePairs.Pages> found =
        new PairJoin(distinct.codes(), maxDistance, limit, workers, memory).find();
    workers.stage(0.6);
    return new CandidatePairs(distinct, CodePairs.of(found, maxDistance, workers, memory), memory);
  }

  /** The codes that differ, and their documents. */
  public DistinctCodes distinct() {
    return distinct;
  }

  /** The pairs of different codes, by their numbers in {@link #distinct()}. */
  public CodePairs pairs() {
    return pairs;
  }

  /** Gives the memory back; nothing of it may be used then. */
  @Override
  public void close() {
    memory.close();
  }

  /** How many pairs may be found, by all threads together. */
  static final class PairLimit {

    /** Any number. */
    static final PairLimit NONE = new PairLimit(Long.MAX_VALUE);

    private final long most;
    private final AtomicLong known = new AtomicLong();

    PairLimit(long most) {
      this.most = most;
    }

    /** So many more pairs are there at least. */
    void add(long pairs) {
      if (most < Long.MAX_VALUE) {
        check(known.addAndGet(pairs));
      }
    }

    /** Checks how many pairs there are. */
    void check(long pairs) {
      if (pairs > most) {
        throw new TooManyPairsException(most);
      }
    }
  }

  /** More pairs are near each other than the caller wants to look at. */
  public static final class TooManyPairsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManyPairsException(long most) {
      super("more than [" + most + "] pairs");
    }
  }
}
