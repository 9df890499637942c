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
package org.semantichash.trainer.duplicates;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Groups and summaries to test with. */
final class Groups {

  private Groups() {}

  private static final DuplicateSummary.WithoutTerms KNOWN =
      new DuplicateSummary.WithoutTerms(false, 4, Set.of(), List.of());

  static DuplicateSummary summary(int bits, NavigableMap<Integer, Long> distances) {
    return summary(bits, distances, KNOWN);
  }

  static DuplicateSummary summary(
      int bits, NavigableMap<Integer, Long> distances, DuplicateSummary.WithoutTerms withoutTerms) {
    return new DuplicateSummary(
        1500,
        List.of("news"),
        "code",
        bits,
        3,
        "complete",
        "lowest_id",
        1000,
        2,
        17,
        distances,
        3,
        9,
        0,
        new TreeMap<>(Map.of(2, 2L, 5, 1L)),
        withoutTerms);
  }

  static GroupMember member(String id, int distance) {
    return new GroupMember("news", id, distance);
  }

  static DuplicateGroup group(GroupMember kept, GroupMember... others) {
    return group(false, kept, others);
  }

  static DuplicateGroup group(boolean capped, GroupMember kept, GroupMember... others) {
    int diameter = Arrays.stream(others).mapToInt(GroupMember::distance).max().orElse(0);
    return new DuplicateGroup(others.length + 1, diameter, capped, kept, List.of(others));
  }
}
