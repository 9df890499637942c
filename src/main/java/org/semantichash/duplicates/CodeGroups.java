// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;

/** Groups of codes that are merged along the pairs of codes. */
final class CodeGroups {

  private static final int BLOCK = 1 << 16;
  private static final double SHARE = 0.9; // of the progress

  private final DistinctCodes distinct;
  private final CodeTable codes;
  private final Workers workers;
  private final MergedGroups groups;
  private long steps;

  /** A group for each code. */
  CodeGroups(DistinctCodes distinct, int maxSize, Workers workers) {
    this.distinct = distinct;
    this.codes = distinct.codes();
    this.workers = workers;
    int[] sizes = new int[distinct.size()];
    Arrays.setAll(sizes, distinct::count);
    this.groups = new MergedGroups(sizes, maxSize);
  }

  /** The bytes that groups of so many codes need. */
  static long bytes(int codes) {
    return MergedGroups.bytes(codes);
  }

  /** Merges along all pairs. */
  void merge(CodePairs pairs, Grouping.Linkage linkage) {
    MergedGroups.Linked linked = linked(pairs.maxDistance(), linkage);
    for (int pair = 0; pair < pairs.size(); pair++) {
      groups.merge(pairs.lower(pair), pairs.upper(pair), linked);
      step(1);
      if (pair % BLOCK == 0) {
        workers.advance(SHARE * Math.min(BLOCK, pairs.size() - pair) / pairs.size());
      }
    }
  }

  private MergedGroups.Linked linked(int maxDistance, Grouping.Linkage linkage) {
    if (linkage == Grouping.Linkage.SINGLE || maxDistance >= codes.bits()) {
      return null;
    }
    return (one, other) -> {
      step(codes.wordCount());
      return codes.distance(one, other) <= maxDistance;
    };
  }

  private void step(int done) {
    steps += done;
    if (steps >= Workers.STEPS >> 5) {
      steps = 0;
      workers.check();
    }
  }

  /** Whether this code stands for its group. */
  boolean isGroup(int code) {
    return groups.isGroup(code);
  }

  /** The documents of a group. */
  int size(int one) {
    return groups.size(one);
  }

  /** Whether a group was kept from growing over the largest size. */
  boolean capped(int one) {
    return groups.capped(one);
  }

  /** The codes of a group, ascending. */
  int[] codes(int one) {
    return groups.items(one);
  }

  /** The lowest document of a group. */
  int lowestDocument(int one) {
    int lowest = Integer.MAX_VALUE;
    for (int code : codes(one)) {
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
