// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.List;

/** Pairs of codes, each once: by distance, then by the lower code, then by the upper one. */
public final class CodePairs {

  private final long[] pairs;
  private final int[] ends; // [distances] the pairs up to and with a distance

  private CodePairs(long[] pairs, int[] ends) {
    this.pairs = pairs;
    this.ends = ends;
  }

  static CodePairs of(List<Pages> found, int maxDistance, Workers workers, Reservation memory) {
    int[] ends = new int[maxDistance + 1];
    long sum = 0;
    for (int distance = 0; distance <= maxDistance; distance++) {
      for (Pages pages : found) {
        sum += pages.size(distance);
      }
      if (sum > Integer.MAX_VALUE - Long.BYTES) {
        throw Pages.tooMany(maxDistance);
      }
      ends[distance] = (int) sum;
    }
    if (memory.tryReserve(sum * Long.BYTES) == false) {
      throw Pages.tooMany(maxDistance);
    }
    long[] pairs = new long[(int) sum];
    workers.run(
        maxDistance + 1,
        (worker, distance) -> {
          int start = distance == 0 ? 0 : ends[distance - 1];
          int end = start;
          for (Pages pages : found) {
            end = pages.drain(distance, pairs, end);
          }
          sort(pairs, start, end, maxDistance, workers, memory);
          workers.advance(1.0 / (maxDistance + 1));
        });
    return new CodePairs(pairs, ends);
  }

  /** By the upper code, then stably by the lower one. */
  private static void sort(
      long[] pairs, int from, int to, int maxDistance, Workers workers, Reservation memory) {
    try (EntrySort sort = new EntrySort(workers, memory)) {
      sort.sort(pairs, from, to, 0, Integer.SIZE);
      sort.sort(pairs, from, to, Integer.SIZE, Long.SIZE);
    } catch (JoinResources.MemoryRefusedException e) {
      throw Pages.tooMany(maxDistance);
    }
  }

  /** How many. */
  public int size() {
    return pairs.length;
  }

  /** The lower code of a pair. */
  public int lower(int pair) {
    return (int) (pairs[pair] >>> Integer.SIZE);
  }

  /** The upper code of a pair. */
  public int upper(int pair) {
    return (int) pairs[pair];
  }

  /** The pairs up to and with a distance: the place of the first that is farther. */
  public int end(int distance) {
    return ends[distance];
  }

  /** The largest distance of a pair that was looked for. */
  public int maxDistance() {
    return ends.length - 1;
  }

  /** The pairs that one thread finds, by distance. */
  static final class Pages {

    /** The pairs of a page. */
    static final int PAGE = 4096;

    /** The bytes of a page. */
    static final long PAGE_BYTES = (long) PAGE * Long.BYTES;

    private final int maxDistance;
    private final CandidatePairs.PairLimit limit;
    private final Reservation memory;
    private final List<List<long[]>> pages = new ArrayList<>();
    private final long[] sizes; // [distances]

    Pages(int maxDistance, CandidatePairs.PairLimit limit, Reservation memory) {
      this.maxDistance = maxDistance;
      this.limit = limit;
      this.memory = memory;
      this.sizes = new long[maxDistance + 1];
      for (int distance = 0; distance <= maxDistance; distance++) {
        pages.add(new ArrayList<>());
      }
    }

    /** Adds a pair, in either order. */
    void add(int one, int other, int distance) {
      assert one != other && distance >= 0 && distance <= maxDistance : one + ", " + other;
      List<long[]> list = pages.get(distance);
      int at = (int) (sizes[distance]++ % PAGE);
      if (at == 0) {
        if (list.isEmpty() == false) {
          limit.add(PAGE); // the page before is full
        }
        list.add(page());
      }
      list.getLast()[at] = pack(one, other);
    }

    private long[] page() {
      if (memory.tryReserve(PAGE_BYTES) == false) {
        throw tooMany(maxDistance);
      }
      return new long[PAGE];
    }

    /** The lower code in the upper half, so that numbers are in the order of pairs. */
    static long pack(int one, int other) {
      return (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
    }

    /** The error that names the distance. */
    static JoinResources.MemoryRefusedException tooMany(int maxDistance) {
      return new JoinResources.MemoryRefusedException(
          "too many pairs of codes are within [max_distance] ["
              + maxDistance
              + "] for the memory that is free: lower it, or take fewer documents");
    }

    /** How many pairs have a distance. */
    long size(int distance) {
      return sizes[distance];
    }

    /** Copies the pairs of a distance, gives their pages back and the place after the last. */
    int drain(int distance, long[] to, int at) {
      List<long[]> list = pages.get(distance);
      int end = at;
      long left = sizes[distance];
      for (long[] page : list) {
        int count = (int) Math.min(PAGE, left);
        System.arraycopy(page, 0, to, end, count);
        end += count;
        left -= count;
      }
      memory.release(list.size() * PAGE_BYTES);
      list.clear();
      return end;
    }
  }
}
