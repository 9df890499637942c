// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
  PairFilter filter(int key, CodeTable codes, PairFilter outer) {
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
}
