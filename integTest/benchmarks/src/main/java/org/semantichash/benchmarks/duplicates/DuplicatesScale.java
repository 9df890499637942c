// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.nio.file.Path;
import java.util.Arrays;
import org.semantichash.benchmarks.harness.Options;

/**
 * How much is measured.
 *
 * @param documents of the largest set
 * @param threads of a join
 * @param rounds of each measurement; the median counts
 * @param seed of all codes
 * @param heap of a node, for example [1g]
 * @param cold how many indices on a node are searched first when the node has just started
 * @param work a folder for models
 */
public record DuplicatesScale(
    int documents, int threads, int rounds, long seed, String heap, int cold, Path work) {

  private static final int FULL = 10_000_000;
  private static final int NODE_DOCUMENTS = 1_000_000;

  /** Checks the numbers. */
  public DuplicatesScale {
    if (documents < 1000) {
      throw new IllegalArgumentException(
          "[duplicates.documents] must be at least [1000], got [" + documents + "]");
    }
    if (rounds < 1) {
      throw new IllegalArgumentException(
          "[duplicates.rounds] must be at least [1], got [" + rounds + "]");
    }
  }

  /** Reads the properties [duplicates.*]. */
  public static DuplicatesScale of(Options options) {
    return new DuplicatesScale(
        options.integer("duplicates.documents", FULL),
        options.integer("duplicates.threads", Runtime.getRuntime().availableProcessors()),
        options.integer("duplicates.rounds", 3),
        Options.SEED,
        options.text("duplicates.node-heap", "1g"),
        options.integer("duplicates.cold", Integer.MAX_VALUE),
        options.work("near-duplicates"));
  }

  /** Whether nothing was scaled down. */
  boolean isFull() {
    return documents >= FULL;
  }

  /** Those of some sizes that are wanted: the largest set itself where all of them are larger. */
  public int[] sizes(int[] some) {
    int[] wanted = Arrays.stream(some).filter(size -> size <= documents).toArray();
    return wanted.length == 0 ? new int[] {documents} : wanted;
  }

  /** The documents of an index on a node. */
  public int nodeDocuments() {
    return Math.min(documents, NODE_DOCUMENTS);
  }
}
