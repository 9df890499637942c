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
