// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.util.Arrays;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.util.ArrayUtil;
import org.semantichash.hash.BitFlips;

/**
 * Finds clusters of near codes, or that a segment has none worth it.
 *
 * <p>A pass over a quarter of the codes finds leaders: a code that no leader is near becomes one.
 * The majority of the bits of a leader's codes is a centre, unless a centre is near it already:
 * leaders of one cluster have nearly the same majority. A second pass assigns every code to the
 * nearest centre that it finds. Leaders and centres near a code are looked for as in multi-index
 * hashing, among those that share a chunk of its bits.
 *
 * <p>Source: the leader algorithm, Hartigan, "Clustering Algorithms", 1975, chapter 3. Deviations:
 * the leaders only lead to centres, and a near one is enough where a chunk has led to it.
 */
final class ClusterBuilder {

  /** Smaller segments are scanned in no time. */
  static final int FEWEST_CODES = 20_000;

  private static final int SAMPLED = 4; // one in four codes for the leaders
  private static final int CODES_PER_CLUSTER = 16; // fewer on average are not worth it
  private static final int PROBED = 64; // codes that tell whether clusters are apart
  private static final int NEEDED_SHARE = 32; // of the codes: more need not be read for a query
  private static final int MOST_FLIPS = 2; // of bits in a chunk, where no centre shares one
  private static final int UNTIMED = 100_000; // codes between two looks at the clock

  private final WordColumns columns;
  private final long[][] words;
  private final int size;
  private final QueryTimeout timeout;
  private final int near; // as far from its centre as a code of a cluster should be, in bits
  private final int mostClusters;
  private int untimed;
  private boolean stopped;

  /**
   * A builder for one segment.
   *
   * @param timeout ends it early
   */
  ClusterBuilder(WordColumns columns, QueryTimeout timeout) {
    this.columns = columns;
    this.words = columns.words();
    this.size = columns.size();
    this.timeout = timeout;
    this.near = columns.bits() * 3 / 16;
    this.mostClusters = size / CODES_PER_CLUSTER;
  }

  /** An upper bound of the bytes that building takes, and what is built. */
  static long bytes(WordColumns columns) {
    long codes = columns.size();
    long clusters = codes / CODES_PER_CLUSTER + NearCodes.FEWEST;
    long perCluster = (columns.words().length + 1) * (long) Long.BYTES; // one grows at a time
    perCluster += (NearCodes.MOST_CHUNKS + 4) * Integer.BYTES;
    long tables = (2L * NearCodes.MOST_CHUNKS * Integer.BYTES) << NearCodes.WIDEST;
    return codes * Integer.BYTES + clusters * perCluster * 9 / 8 + tables;
  }

  /** Whether {@link #build} has ended for lack of time. */
  boolean isStopped() {
    return stopped;
  }

  /** The clusters; null when they would not pay, or the time is over before. */
  CodeClusters build() {
    NearCodes centres = centres();
    int[] radii = new int[centres.size()];
    int[] centreOf = centres.size() == 0 ? null : assign(centres, radii);
    if (centreOf == null) {
      return null;
    }
    int[] starts = sort(centreOf, centres.size());
    return new CodeClusters(columns.bits(), centres.trimmed(), radii, starts, centreOf);
  }

  private boolean isOver() {
    untimed++;
    if (untimed % UNTIMED == 0 && timeout.shouldExit()) {
      stopped = true;
    }
    return stopped;
  }

  /** A code of the sample: one of each four, so that no order of the documents hides codes. */
  private static int sampled(int i) {
    int goldenRatio = 0x9E3779B9; // Knuth, "The Art of Computer Programming" 3, 6.4
    return SAMPLED * i + ((i * goldenRatio) >>> 30);
  }

  /**
   * A sample by its leaders; these themselves are not needed any more.
   *
   * @param places in the sample, by leader
   * @param starts [leaders + 1] where those of a leader start
   */
  @SuppressWarnings("ArrayRecordComponent") // made once, never compared
  private record SampleByLeader(int[] places, int[] starts) {}

  /** Null when clusters would not pay. */
  private SampleByLeader sampleByLeader() {
    NearCodes leaders = new NearCodes(columns.bits(), size);
    int[] leaderOf = new int[size / SAMPLED];
    int[] followers = new int[mostClusters];
    for (int i = 0; i < leaderOf.length; i++) {
      int leader = leaders.nearest(words, sampled(i), near, 0);
      if (leader < 0) {
        if (leaders.size() == mostClusters) {
          return null;
        }
        leader = leaders.add(words, sampled(i));
      }
      leaderOf[i] = leader;
      followers[leader]++;
      if (isOver() || (i == leaderOf.length / SAMPLED && areApart(leaders, followers) == false)) {
        return null;
      }
    }
    return new SampleByLeader(leaderOf, sort(leaderOf, leaders.size()));
  }

  /** Whether few codes have a leader so near to a code that their cluster had to be read. */
  private boolean areApart(NearCodes leaders, int[] followers) {
    long all = Arrays.stream(followers).sum();
    long read = 0;
    for (int probe = 0; probe < PROBED; probe++) {
      int ordinal = (int) ((long) size * probe / PROBED);
      for (int leader = 0; leader < leaders.size(); leader++) {
        boolean isRead = leaders.distance(leader, words, ordinal) <= near + near / 2;
        read += isRead ? followers[leader] : 0;
      }
    }
    return read * NEEDED_SHARE <= all * PROBED;
  }

  /** The majorities of the leaders' codes that differ enough; none when clusters would not pay. */
  private NearCodes centres() {
    NearCodes centres = new NearCodes(columns.bits(), size);
    SampleByLeader sample = centres.canFind() ? sampleByLeader() : null;
    if (sample == null) {
      return centres;
    }
    long[][] centre = new long[words.length][1];
    for (int leader = 0; leader + 1 < sample.starts().length && isOver() == false; leader++) {
      int from = sample.starts()[leader];
      int to = sample.starts()[leader + 1];
      if (to - from > 1) {
        for (int word = 0; word < words.length; word++) {
          centre[word][0] = majority(words[word], sample.places(), from, to);
        }
        if (centres.nearest(centre, 0, near / 2, 0) < 0) {
          centres.add(centre, 0);
        }
      }
    }
    return centres;
  }

  /** The bits that are set in more than half of some words of the sample. */
  private static long majority(long[] words, int[] sample, int from, int to) {
    long[] counts = new long[Integer.SIZE]; // [digit] of the count of each bit, in binary
    for (int i = from; i < to; i++) {
      long carry = words[sampled(sample[i])];
      for (int digit = 0; carry != 0; digit++) {
        long sum = counts[digit] ^ carry;
        carry &= counts[digit];
        counts[digit] = sum;
      }
    }
    int half = (to - from) / 2;
    long more = 0;
    long equal = -1;
    for (int digit = Integer.SIZE - 1; digit >= 0; digit--) {
      long ofHalf = -(half >>> digit & 1L);
      more |= equal & counts[digit] & ~ofHalf;
      equal &= ~(counts[digit] ^ ofHalf);
    }
    return more;
  }

  /** The centre of each code; null when too many codes are near none. */
  private int[] assign(NearCodes centres, int[] radii) {
    int[] centreOf = new int[size];
    int far = 0;
    for (int ordinal = 0; ordinal < size; ordinal++) {
      int centre = -1;
      for (int flips = 0; flips <= MOST_FLIPS && centre < 0; flips++) {
        centre = centres.nearest(words, ordinal, near, flips);
      }
      if (centre < 0) {
        far++;
        centre = 0; // its radius grows, so that it is always read
      }
      centreOf[ordinal] = centre;
      radii[centre] = Math.max(radii[centre], centres.distance(centre, words, ordinal));
      if (far > size / (2 * NEEDED_SHARE) || isOver()) {
        return null;
      }
    }
    return centreOf;
  }

  /**
   * Puts the numbers of all places, sorted by their groups and ascending in each, where the groups
   * were: without a second array, since there may be as many as there is memory for.
   *
   * @param groups [places] in, the group of each place; out, the places
   * @return [count + 1] where each group starts
   */
  static int[] sort(int[] groups, int count) {
    int[] starts = new int[count + 1];
    for (int group : groups) {
      starts[group + 1]++;
    }
    for (int group = 0; group < count; group++) {
      starts[group + 1] += starts[group];
    }
    int[] free = starts.clone();
    for (int first = 0; first < groups.length; first++) {
      int place = groups[first] < 0 ? -1 : first; // negative: a place, which has found its own
      int group = groups[first];
      while (place >= 0) {
        int next = free[group]++;
        group = groups[next];
        groups[next] = ~place;
        place = next == first ? -1 : next;
      }
    }
    for (int i = 0; i < groups.length; i++) {
      groups[i] = ~groups[i];
    }
    for (int group = 0; group < count; group++) {
      Arrays.sort(groups, starts[group], starts[group + 1]);
    }
    return starts;
  }

  /** A growing set of codes in which near ones are found, most of the time. */
  private static final class NearCodes {

    static final int MOST_CHUNKS = 8;

    static final int WIDEST = 16;
    static final int FEWEST = 1024; // that there is room for

    private static final int NARROWEST = 8;
    private static final int MOST_OF_A_CHUNK = 64; // codes that share a chunk and are compared

    private final long[][] words;
    private final int width; // of a chunk, in bits
    private final int chunksPerWord;
    private final int[][] first; // [chunk][value] the code that was added last, plus 1
    private final int[][] next; // [chunk][code] the one that was added before, plus 1
    private final int[][] differences; // [bits that differ] of two values of a chunk
    private int size;

    /**
     * None as yet.
     *
     * @param codes how many will be looked for
     */
    NearCodes(int bits, int codes) {
      int digits = Integer.SIZE - Integer.numberOfLeadingZeros(codes);
      width = Math.clamp(digits - 7, NARROWEST, WIDEST); // few codes in each
      chunksPerWord = Math.min(Long.SIZE, bits) / width;
      words = new long[WordColumns.wordCount(bits)][FEWEST];
      int chunks = Math.min(MOST_CHUNKS, Math.max(1, bits / Long.SIZE) * chunksPerWord);
      first = new int[chunks][1 << width];
      next = new int[chunks][FEWEST];
      differences = new int[MOST_FLIPS + 1][];
      Arrays.setAll(differences, flips -> BitFlips.values(0, width, flips));
    }

    /** Whether codes are wide enough to share one chunk and differ in others. */
    boolean canFind() {
      return first.length > 1;
    }

    int size() {
      return size;
    }

    /** The codes, [words][size]. */
    long[][] trimmed() {
      Arrays.setAll(words, word -> Arrays.copyOf(words[word], size));
      return words;
    }

    private int value(long[][] codes, int code, int chunk) {
      int shift = Long.SIZE - width * (1 + chunk % chunksPerWord);
      return (int) (codes[chunk / chunksPerWord][code] >>> shift) & ((1 << width) - 1);
    }

    int add(long[][] codes, int code) {
      if (size == words[0].length) {
        Arrays.setAll(words, word -> ArrayUtil.grow(words[word], size + 1));
        Arrays.setAll(next, chunk -> ArrayUtil.grow(next[chunk], words[0].length));
      }
      for (int word = 0; word < words.length; word++) {
        words[word][size] = codes[word][code];
      }
      for (int chunk = 0; chunk < first.length; chunk++) {
        int value = value(codes, code, chunk);
        next[chunk][size] = first[chunk][value];
        first[chunk][value] = size + 1;
      }
      return size++;
    }

    int distance(int one, long[][] codes, int code) {
      int distance = 0;
      for (int word = 0; word < words.length; word++) {
        distance += Long.bitCount(words[word][one] ^ codes[word][code]);
      }
      return distance;
    }

    /**
     * One within a distance, the nearest of those that share the same chunk; -1 for none.
     *
     * @param flips how many bits of the chunk differ, none to two
     */
    int nearest(long[][] codes, int code, int maxDistance, int flips) {
      for (int chunk = 0; chunk < first.length; chunk++) {
        int value = value(codes, code, chunk);
        for (int difference : differences[flips]) {
          int found = nearest(chunk, value ^ difference, codes, code, maxDistance);
          if (found >= 0) {
            return found;
          }
        }
      }
      return -1;
    }

    private int nearest(int chunk, int value, long[][] codes, int code, int maxDistance) {
      int nearest = -1;
      int limit = maxDistance;
      int one = first[chunk][value] - 1;
      for (int compared = 0; one >= 0 && compared < MOST_OF_A_CHUNK; compared++) {
        int distance = distance(one, codes, code);
        if (distance <= limit) {
          nearest = one;
          limit = distance - 1;
        }
        one = next[chunk][one] - 1;
      }
      return nearest;
    }
  }
}
