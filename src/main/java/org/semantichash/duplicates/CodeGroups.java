// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;

/** Groups of codes that are merged step by step; see {@link Grouping.Linkage} for what they are. */
final class CodeGroups {

  private static final int BLOCK = 1 << 16;
  private static final double SHARE = 0.9; // of the progress

  private final DistinctCodes distinct;
  private final CodeTable codes;
  private final Workers workers;
  private final int maxSize;
  private final int[] group; // [codes] the group of a code: the number of one of its codes
  private final int[] next; // [codes] the codes of a group as a ring
  private final int[] codeCounts; // [groups]
  private final int[] sizes; // [groups] documents
  private final boolean[] capped; // [groups]
  private long steps;

  /** A group for each code. */
  CodeGroups(DistinctCodes distinct, int maxSize, Workers workers) {
    int size = distinct.size();
    this.distinct = distinct;
    this.codes = distinct.codes();
    this.workers = workers;
    this.maxSize = maxSize;
    this.group = new int[size];
    this.next = new int[size];
    this.codeCounts = new int[size];
    this.sizes = new int[size];
    this.capped = new boolean[size];
    for (int code = 0; code < size; code++) {
      group[code] = code;
      next[code] = code;
      codeCounts[code] = 1;
      sizes[code] = distinct.count(code);
      capped[code] = sizes[code] > maxSize;
      step(1);
    }
  }

  /** The bytes that groups of so many codes need. */
  static long bytes(int codes) {
    return (4L * Integer.BYTES + 1) * codes;
  }

  /** Merges along all pairs. */
  void merge(CodePairs pairs, Grouping.Linkage linkage) {
    for (int pair = 0; pair < pairs.size(); pair++) {
      int one = group[pairs.lower(pair)];
      int other = group[pairs.upper(pair)];
      if (one != other) {
        merge(
            one,
            other,
            linkage == Grouping.Linkage.COMPLETE ? pairs.maxDistance() : Integer.MAX_VALUE);
      }
      step(1);
      if (pair % BLOCK == 0) {
        workers.advance(SHARE * Math.min(BLOCK, pairs.size() - pair) / pairs.size());
      }
    }
  }

  private void merge(int one, int other, int maxDistance) {
    boolean fits = (long) sizes[one] + sizes[other] <= maxSize;
    if (fits == false && capped[one] && capped[other]) {
      return; // known
    }
    if (maxDistance < codes.bits() && allWithin(one, other, maxDistance) == false) {
      return;
    }
    if (fits == false) {
      capped[one] = true;
      capped[other] = true;
    } else if (codeCounts[one] < codeCounts[other]) {
      join(other, one);
    } else {
      join(one, other);
    }
  }

  private boolean allWithin(int one, int other, int maxDistance) {
    int a = one;
    do {
      int b = other;
      do {
        step(codes.wordCount());
        if (codes.distance(a, b) > maxDistance) {
          return false;
        }
        b = next[b];
      } while (b != other);
      a = next[a];
    } while (a != one);
    return true;
  }

  private void join(int kept, int lost) {
    int code = lost;
    do {
      group[code] = kept;
      code = next[code];
      step(1);
    } while (code != lost);
    int swapped = next[kept];
    next[kept] = next[lost];
    next[lost] = swapped;
    codeCounts[kept] += codeCounts[lost];
    sizes[kept] += sizes[lost];
    capped[kept] |= capped[lost];
  }

  private void step(int done) {
    steps += done;
    if (steps >= Workers.STEPS >> 5) {
      steps = 0;
      workers.check();
    }
  }

  /** The group of a code. */
  int group(int code) {
    return group[code];
  }

  /** Whether this code stands for its group. */
  boolean isGroup(int code) {
    return group[code] == code;
  }

  /** The documents of a group. */
  int size(int one) {
    return sizes[one];
  }

  /** Whether a group was kept from growing over the largest size. */
  boolean capped(int one) {
    return capped[one];
  }

  /** The codes of a group, ascending. */
  int[] codes(int one) {
    int[] all = new int[codeCounts[one]];
    for (int i = 0, code = one; i < all.length; i++, code = next[code]) {
      all[i] = code;
    }
    Arrays.sort(all);
    return all;
  }

  /** The lowest document of a group. */
  int lowestDocument(int one) {
    int lowest = distinct.document(one, 0);
    for (int code = next[one]; code != one; code = next[code]) {
      lowest = Math.min(lowest, distinct.document(code, 0));
    }
    return lowest;
  }

  /** The documents of some codes, ascending, from a place on. */
  void documents(int[] some, int[] documents, int from) {
    int to = from;
    for (int code : some) {
      for (int i = 0; i < distinct.count(code); i++) {
        documents[to++] = distinct.document(code, i);
      }
    }
    Arrays.sort(documents, from, to);
  }

  /** The largest distance between two of these codes. */
  int diameter(int[] some) {
    int diameter = 0;
    for (int i = 0; i < some.length; i++) {
      for (int j = i + 1; j < some.length; j++) {
        diameter = Math.max(diameter, codes.distance(some[i], some[j]));
      }
      step((some.length - i) * codes.wordCount());
    }
    return diameter;
  }
}
