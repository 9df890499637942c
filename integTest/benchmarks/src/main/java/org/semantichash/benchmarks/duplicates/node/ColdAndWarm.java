// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import java.io.IOException;
import org.semantichash.benchmarks.harness.Times;

/**
 * The same search again and again.
 *
 * @param firstSeconds of the first one
 * @param warmSeconds the median of the others
 * @param found by the first one
 * @param allEqual whether the others have found the same
 */
record ColdAndWarm(
    double firstSeconds, double warmSeconds, FoundDuplicates found, boolean allEqual) {

  /** Searches; the first time is that of a cold search when the node has just started. */
  static ColdAndWarm measure(MeasuredNode node, String index, int maxDistance, int rounds)
      throws IOException {
    DuplicatesSearch cold = DuplicatesSearch.run(node.http(), index, maxDistance);
    FoundDuplicates found = cold.found();
    cold.delete();
    double[] warm = new double[rounds];
    boolean allEqual = true;
    for (int round = 0; round < rounds; round++) {
      DuplicatesSearch search = DuplicatesSearch.run(node.http(), index, maxDistance);
      warm[round] = search.seconds();
      allEqual &= search.found().equals(found);
      search.delete();
    }
    return new ColdAndWarm(cold.seconds(), Times.median(warm), found, allEqual);
  }
}
