// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found, in a form that is equal when it is the same.
 *
 * @param distances how many pairs have each distance that any pair has
 * @param groups the numbers of the documents of each group, ascending
 */
record FoundDuplicates(Map<Integer, Long> distances, Set<List<Integer>> groups) {

  long pairs() {
    return distances.values().stream().mapToLong(Long::longValue).sum();
  }
}
