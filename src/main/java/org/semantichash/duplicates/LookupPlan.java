// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.semantichash.hash.BitFlips;

/**
 * A way to find the codes that are near to some few: the bits are cut into chunks, each with a
 * radius of its own, and a code is compared with those of the few that are within the radius in one
 * of the chunks.
 *
 * <p>With m chunks whose radii add up to r - m + 1, a pair within r is within the radius in one of
 * them at least: if it were in none, its distances in the chunks would add up to r + 1 or more.
 *
 * <p>Source: Norouzi, Punjani and Fleet, "Fast exact search in Hamming space with multi-index
 * hashing", IEEE TPAMI 36(6), 2014, section 3; Qin et al., "GPH: Similarity search in Hamming
 * space", ICDE 2018, section 3, for radii that differ.
 *
 * <p>The chunks need not cover all bits: bits that no chunk has only make candidates that are
 * compared for nothing.
 *
 * @param chunks one after the other, with no bit in two
 */
record LookupPlan(List<Chunk> chunks) {

  private static final int MAX_CHUNK_BITS = 22;
  private static final int MAX_CHUNKS = 64;

  /** How many codes of either table are looked at to choose a plan. */
  private static final int SAMPLED = 256;

  // Nanoseconds, of about the right proportions.
  private static final double PER_CODE = 10; // to be sorted by a chunk
  private static final double PER_VALUE = 1;
  private static final double PER_ENTRY = 4;
  private static final double PER_SCAN = 10;
  private static final double PER_WORD = 0.1;

  /** What the best plan must save, as a factor: an estimate may be wrong. */
  private static final double MARGIN = 1.3;

  /**
   * Neighbouring bits.
   *
   * @param first the first bit of the chunk
   * @param bits how many, at most {@value LookupPlan#MAX_CHUNK_BITS}
   * @param radius in how many of them a code and a candidate differ at most
   */
  record Chunk(int first, int bits, int radius) {

    /** The bits of a code. */
    int of(CodeTable codes, int code) {
      int word = first / Long.SIZE;
      int offset = first % Long.SIZE;
      long value = codes.word(code, word) << offset;
      if (offset + bits > Long.SIZE) {
        value |= codes.word(code, word + 1) >>> (Long.SIZE - offset);
      }
      return (int) (value >>> (Long.SIZE - bits));
    }

    /** How many values are within the radius of one. */
    int neighbours() {
      return (int) IntStream.rangeClosed(0, radius).mapToLong(d -> BitFlips.count(bits, d)).sum();
    }

    /** The differences within the radius, the fewest bits first. */
    int[] differences() {
      return IntStream.rangeClosed(0, radius)
          .flatMap(d -> Arrays.stream(BitFlips.values(0, bits, d)))
          .toArray();
    }

    private double uniformShare() {
      return StrictMath.scalb((double) neighbours(), -bits);
    }
  }

  /** All that are worth a thought, those with few chunks first. */
  static List<LookupPlan> all(int bits, int maxDistance) {
    List<LookupPlan> plans = new ArrayList<>();
    int most = Math.min(MAX_CHUNKS, Math.min(bits, maxDistance + 1));
    for (int count = 1; count <= most; count++) {
      int covered = Math.min(bits, count * MAX_CHUNK_BITS);
      if (maxDistance / count <= covered / count / 2) { // else most codes are candidates
        plans.add(of(covered, maxDistance, count));
      }
    }
    return plans;
  }

  /** The last chunks are the longest, and get what is left of the radii. */
  private static LookupPlan of(int bits, int maxDistance, int count) {
    int radii = maxDistance + 1 - count;
    List<Chunk> chunks = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < count; i++) {
      int end = first + (bits - first) / (count - i);
      int radius = radii / (count - i);
      chunks.add(new Chunk(first, end - first, radius));
      first = end;
      radii -= radius;
    }
    return new LookupPlan(List.copyOf(chunks));
  }

  /**
   * The cheapest one.
   *
   * @param codes of which those near to some few are wanted
   * @return null when comparing each with each is cheaper
   */
  static LookupPlan cheapest(CodeTable codes, CodeTable few, int maxDistance, Workers workers) {
    double perPair = PER_WORD * codes.wordCount();
    double pairs = (double) codes.size() * few.size();
    double least = pairs * perPair / MARGIN;
    int[] some = sample(codes);
    int[] someFew = sample(few);
    LookupPlan best = null;
    for (LookupPlan plan : all(codes.bits(), maxDistance)) {
      workers.check();
      double cost = 0;
      for (int i = 0; i < plan.chunks.size() && cost < least; i++) {
        Chunk chunk = plan.chunks.get(i);
        double entries = (double) few.size() * chunk.neighbours();
        cost +=
            PER_CODE * codes.size()
                + PER_VALUE * (1 << chunk.bits())
                + PER_ENTRY * entries
                + PER_SCAN * Math.min(entries, codes.size())
                + perPair * pairs * chunk.uniformShare();
        if (cost < least) {
          double more = share(chunk, codes, some, few, someFew) - chunk.uniformShare();
          cost += perPair * pairs * Math.max(0, more);
        }
      }
      if (cost < least) {
        least = cost;
        best = plan;
      }
    }
    return best;
  }

  private static int[] sample(CodeTable codes) {
    SplittableRandom random = new SplittableRandom(codes.size());
    return random.ints(Math.min(SAMPLED, codes.size()), 0, codes.size()).toArray();
  }

  /** The part of the pairs that are candidates. */
  private static double share(
      Chunk chunk, CodeTable codes, int[] some, CodeTable few, int[] someFew) {
    int near = 0;
    for (int one : someFew) {
      int value = chunk.of(few, one);
      for (int code : some) {
        near += Integer.bitCount(value ^ chunk.of(codes, code)) <= chunk.radius() ? 1 : 0;
      }
    }
    return (double) near / some.length / someFew.length;
  }
}
