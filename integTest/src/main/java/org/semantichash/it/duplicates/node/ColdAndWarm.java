/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.it.duplicates.node;

import java.io.IOException;
import java.util.Arrays;

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
    Arrays.sort(warm);
    return new ColdAndWarm(cold.seconds(), warm[rounds / 2], found, allEqual);
  }
}
