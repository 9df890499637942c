// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Foretells what plans cost, from a sample of the codes: how many pairs share a key is what the
 * squares of its buckets add up to.
 */
final class PlanChoice {

  /** What the best plan must save, as a factor: an estimate may be wrong. */
  private static final double MARGIN = 1.3;

  // Nanoseconds, of about the right proportions.
  private static final double PER_CODE = 30;
  private static final double PER_CANDIDATE = 1.5;
  private static final double PER_WORD_SCANNED = 0.35;

  private static final int KEYS = 6;

  private final CodeTable codes;
  private final int[] sample;
  private final double scale; // codes for one of the sample
  private final int size;
  private final int largeBucket;
  private final long[] hashes;

  /**
   * For some codes.
   *
   * @param largeBucket codes from which on a bucket is not scanned but cut again
   * @param sampled how many codes are looked at, at most
   */
  PlanChoice(CodeTable codes, Subset some, int largeBucket, int sampled) {
    this.codes = codes;
    this.size = some.size();
    this.largeBucket = largeBucket;
    this.sample = new int[Math.min(sampled, size)];
    this.scale = (double) size / sample.length;
    this.hashes = new long[sample.length];
    SplittableRandom random = new SplittableRandom(size);
    for (int i = 0; i < sample.length; i++) {
      int from = (int) (i * scale);
      int to = Math.max(from + 1, (int) ((i + 1) * scale));
      sample[i] = some.code(Math.min(size - 1, random.nextInt(from, to)));
    }
  }

  /**
   * The cheapest plan.
   *
   * @param free the bits in which the codes may differ
   * @return null when a scan of all pairs is cheaper
   */
  ChunkPlan cheapest(long[] free, int maxDistance, Work work) {
    double least = 0.5 * size * size * PER_WORD_SCANNED * codes.wordCount() / MARGIN;
    ChunkPlan best = null;
    for (ChunkPlan plan : ChunkPlan.all(free, maxDistance)) {
      double sorting = PER_CODE * size * plan.keys();
      if (sorting < least) {
        double cost = sorting + PER_CANDIDATE * candidates(plan, work);
        if (cost < least) {
          least = cost;
          best = plan;
        }
      }
    }
    return best;
  }

  private double candidates(ChunkPlan plan, Work work) {
    int looked = Math.min(KEYS, plan.keys());
    double sum = 0;
    for (int i = 0; i < looked; i++) {
      work.check();
      long[] mask = plan.mask((int) ((long) i * plan.keys() / looked));
      sum += Math.max(candidates(mask), uniformCandidates(mask));
    }
    return sum * plan.keys() / looked;
  }

  private double uniformCandidates(long[] mask) {
    int bits = 0;
    for (long word : mask) {
      bits += Long.bitCount(word);
    }
    return 0.5 * size * size * StrictMath.pow(2, -bits);
  }

  private double candidates(long[] mask) {
    MaskedHash hash = new MaskedHash(codes, mask);
    for (int i = 0; i < sample.length; i++) {
      hashes[i] = hash.of(sample[i]);
    }
    Arrays.sort(hashes);
    double sum = 0;
    for (int from = 0; from < hashes.length; ) {
      int to = from + 1;
      while (to < hashes.length && hashes[to] == hashes[from]) {
        to++;
      }
      sum += bucket(to - from);
      from = to;
    }
    return sum;
  }

  /** The candidates of a bucket of which so many codes are in the sample. */
  private double bucket(double sampled) {
    double pairs = 0.5 * sampled * (sampled - 1) * scale * scale;
    double all = sampled * scale;
    return sampled > 1 && all > largeBucket ? Math.min(pairs, 0.5 * all * largeBucket) : pairs;
  }
}
