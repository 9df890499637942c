// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.ArrayList;
import java.util.List;

/** The pairs that one thread finds, by distance. */
final class PairPages {

  /** The pairs of a page. */
  static final int PAGE = 4096;

  /** The bytes of a page. */
  static final long PAGE_BYTES = (long) PAGE * Long.BYTES;

  private final int maxDistance;
  private final Reservation memory;
  private final List<List<long[]>> pages = new ArrayList<>();
  private final long[] sizes; // [distances]

  PairPages(int maxDistance, Reservation memory) {
    this.maxDistance = maxDistance;
    this.memory = memory;
    this.sizes = new long[maxDistance + 1];
    for (int distance = 0; distance <= maxDistance; distance++) {
      pages.add(new ArrayList<>());
    }
  }

  /** Adds a pair, in either order. */
  void add(int one, int other, int distance) {
    List<long[]> list = pages.get(distance);
    int at = (int) (sizes[distance]++ % PAGE);
    if (at == 0) {
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
  static MemoryRefusedException tooMany(int maxDistance) {
    return new MemoryRefusedException(
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
