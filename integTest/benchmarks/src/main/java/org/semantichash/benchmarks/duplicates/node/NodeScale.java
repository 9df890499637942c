// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import java.nio.file.Path;

/**
 * How much is measured on a node.
 *
 * @param documents of an index
 * @param rounds of each measurement
 * @param seed of all codes and samples
 * @param heap of the node, for example [1g]
 * @param cold how many indices are searched first when the node has just started; others are not
 *     searched cold
 * @param work a folder for models
 */
public record NodeScale(int documents, int rounds, long seed, String heap, int cold, Path work) {

  private static final int FULL = 1_000_000;
  private static final String HEAP = "1g";

  /** A million documents at most, and a heap of 1 GB where none is given. */
  public NodeScale {
    documents = Math.min(documents, FULL);
    heap = heap.isBlank() ? HEAP : heap.strip();
  }
}
