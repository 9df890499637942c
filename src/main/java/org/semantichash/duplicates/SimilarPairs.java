// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

import java.util.Arrays;
import java.util.List;
import org.semantichash.duplicates.TextVerification.Text;

/** The pairs of similar texts of a part, as they were found: by distance, then by text. */
final class SimilarPairs implements AutoCloseable {

  private static final int BYTES = 3 * Long.BYTES + Short.BYTES; // of a pair

  private final List<Text> texts;
  private final Reservation memory;
  private long[] pairs = new long[0];
  private long[] order = new long[0]; // the least similar last, then as they were found
  private short[] distances = new short[0];
  private int size;

  SimilarPairs(List<Text> texts, Reservation memory) {
    this.texts = texts;
    this.memory = memory;
  }

  void add(int one, int other, int distance, float similarity) {
    if (size == pairs.length) {
      int larger = Math.max(8, Math.multiplyExact(2, size));
      memory.reserve((long) BYTES * (larger - size), "[" + larger + "] pairs of similar texts");
      pairs = Arrays.copyOf(pairs, larger);
      order = Arrays.copyOf(order, larger);
      distances = Arrays.copyOf(distances, larger);
    }
    pairs[size] = CodePairs.Pages.pack(one, other);
    order[size] = (long) ~Float.floatToIntBits(similarity) << Integer.SIZE | size;
    distances[size++] = (short) distance;
  }

  void count(VerifiedDuplicates found) {
    for (int pair = 0; pair < size; pair++) {
      long documents =
          (long) texts.get((int) (pairs[pair] >>> Integer.SIZE)).places().length
              * texts.get((int) pairs[pair]).places().length;
      double similarity = Float.intBitsToFloat(~(int) (order[pair] >>> Integer.SIZE));
      found.addPairs(distances[pair], similarity, documents);
    }
  }

  /** Merges the groups of texts along the pairs, whose order is another then. */
  void merge(MergedGroups groups, Grouping.Linkage linkage, Runnable step) {
    long[] sorted = Arrays.copyOf(pairs, size);
    Arrays.sort(sorted);
    MergedGroups.Linked verified =
        linkage == Grouping.Linkage.SINGLE
            ? null
            : (one, other) -> {
              step.run();
              return Arrays.binarySearch(sorted, CodePairs.Pages.pack(one, other)) >= 0;
            };
    Arrays.sort(order, 0, size);
    for (int i = 0; i < size; i++) {
      long pair = pairs[(int) order[i]];
      groups.merge((int) (pair >>> Integer.SIZE), (int) pair, verified);
      step.run();
    }
  }

  @Override
  public void close() {
    memory.release((long) BYTES * pairs.length);
  }
}
