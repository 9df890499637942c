// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A way to find all pairs within a distance: the bits are cut into disjoint chunks of which every
 * such pair agrees in at least some number.
 *
 * <p>With m = r + k chunks, a pair within r differs in at most r of them by the pigeonhole
 * principle, and so agrees in k at least. Each choice of k chunks is a key: pairs that agree in
 * these bits are candidates. A pair that agrees in more is reported for the key of its k first
 * equal chunks only.
 *
 * <p>Source: Norouzi, Punjani and Fleet, "Fast exact search in Hamming space with multi-index
 * hashing", IEEE TPAMI 36(6), 2014, section 3, for k = 1; Manku, Jain and Das Sarma, "Detecting
 * near-duplicates for web crawling", WWW 2007, section 3.1, for more.
 */
final class ChunkPlan {

  private static final int MAX_CHUNKS = Long.SIZE - 2;
  private static final int MAX_KEYS = 1000;

  private final long[][] chunks; // [chunks][words of a code]
  private final long[] keys; // [keys] the chosen chunks as bits

  private ChunkPlan(long[][] chunks, int agreeing) {
    this.chunks = chunks;
    this.keys = new long[(int) keys(chunks.length, agreeing)];
    long chosen = (1L << agreeing) - 1;
    for (int key = 0; key < keys.length; key++) {
      keys[key] = chosen;
      chosen = nextWithAsManyBits(chosen);
    }
  }

  // Gosper's hack (HAKMEM, item 175).
  private static long nextWithAsManyBits(long chosen) {
    long lowest = chosen & -chosen;
    long carried = chosen + lowest;
    return carried | ((chosen ^ carried) >>> 2) / lowest;
  }

  /** All that are worth a thought, those with few keys first. */
  static List<ChunkPlan> all(long[] free, int maxDistance) {
    int[] bits = positions(free);
    List<ChunkPlan> plans = new ArrayList<>();
    for (int agreeing = 1; ; agreeing++) {
      int count = maxDistance + agreeing;
      if (count > bits.length || count > MAX_CHUNKS || keys(count, agreeing) > MAX_KEYS) {
        return plans;
      }
      plans.add(new ChunkPlan(runs(bits, free.length, count), agreeing));
      plans.add(new ChunkPlan(strides(bits, free.length, count), agreeing));
    }
  }

  private static long keys(int count, int agreeing) {
    long keys = 1;
    for (int i = 1; i <= agreeing && keys <= MAX_KEYS; i++) {
      keys = keys * (count - agreeing + i) / i;
    }
    return keys;
  }

  private static int[] positions(long[] free) {
    int[] positions = new int[free.length * Long.SIZE];
    int size = 0;
    for (int bit = 0; bit < positions.length; bit++) {
      if ((free[bit / Long.SIZE] << (bit % Long.SIZE)) < 0) {
        positions[size++] = bit;
      }
    }
    return Arrays.copyOf(positions, size);
  }

  /** A chunk is neighbouring bits. */
  private static long[][] runs(int[] bits, int wordCount, int count) {
    long[][] chunks = new long[count][wordCount];
    for (int i = 0; i < bits.length; i++) {
      set(chunks[(int) ((long) i * count / bits.length)], bits[i]);
    }
    return chunks;
  }

  /** A chunk is bits far from one another: neighbours often tell the same. */
  private static long[][] strides(int[] bits, int wordCount, int count) {
    long[][] chunks = new long[count][wordCount];
    for (int i = 0; i < bits.length; i++) {
      set(chunks[i % count], bits[i]);
    }
    return chunks;
  }

  private static void set(long[] mask, int bit) {
    mask[bit / Long.SIZE] |= Long.MIN_VALUE >>> (bit % Long.SIZE);
  }

  /** How many keys. */
  int keys() {
    return keys.length;
  }

  /** The bits of a key. */
  long[] mask(int key) {
    long[] mask = new long[chunks[0].length];
    long chosen = keys[key];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      if ((chosen >>> chunk & 1) == 1) {
        for (int word = 0; word < mask.length; word++) {
          mask[word] |= chunks[chunk][word];
        }
      }
    }
    return mask;
  }

  /** Which pairs are reported for a key: those that agree in it, and in no earlier chunk. */
  PairFinder.Filter filter(int key, CodeTable codes, PairFinder.Filter outer) {
    long chosen = keys[key];
    List<long[]> unequal = new ArrayList<>();
    for (int chunk = 0; chosen >>> chunk != 0; chunk++) {
      if ((chosen >>> chunk & 1) == 0) {
        unequal.add(chunks[chunk]);
      }
    }
    long[] equal = mask(key);
    return (one, other) -> {
      if (codes.same(one, other, equal) == false) {
        return false;
      }
      for (long[] chunk : unequal) {
        if (codes.same(one, other, chunk)) {
          return false;
        }
      }
      return outer.accepts(one, other);
    };
  }

  /**
   * Foretells what plans cost, from a sample of the codes: how many pairs share a key is what the
   * squares of its buckets add up to.
   */
  static final class Choice {

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
    Choice(CodeTable codes, CodeTable.Subset some, int largeBucket, int sampled) {
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
    ChunkPlan cheapest(long[] free, int maxDistance, Workers workers) {
      double least = 0.5 * size * size * PER_WORD_SCANNED * codes.wordCount() / MARGIN;
      ChunkPlan best = null;
      for (ChunkPlan plan : ChunkPlan.all(free, maxDistance)) {
        double sorting = PER_CODE * size * plan.keys();
        if (sorting < least) {
          double cost = sorting + PER_CANDIDATE * candidates(plan, workers);
          if (cost < least) {
            least = cost;
            best = plan;
          }
        }
      }
      return best;
    }

    private double candidates(ChunkPlan plan, Workers workers) {
      int looked = Math.min(KEYS, plan.keys());
      double sum = 0;
      for (int i = 0; i < looked; i++) {
        workers.check();
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
      HashOrder.MaskedHash hash = new HashOrder.MaskedHash(codes, mask);
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
}
