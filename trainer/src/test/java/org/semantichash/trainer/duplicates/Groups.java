// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;

/** Groups and summaries to test with. */
final class Groups {

  private Groups() {}

  private static final DuplicateSummary.WithoutTerms KNOWN =
      new DuplicateSummary.WithoutTerms(false, 4, Set.of(), List.of());

  static DuplicateSummary summary(int bits, NavigableMap<Integer, Long> distances) {
    return summary(bits, distances, KNOWN);
  }

  static DuplicateSummary summary(
      int bits, NavigableMap<Integer, Long> distances, int maxDistance) {
    return summary(bits, distances, KNOWN, maxDistance);
  }

  static DuplicateSummary summary(
      int bits, NavigableMap<Integer, Long> distances, DuplicateSummary.WithoutTerms withoutTerms) {
    return summary(bits, distances, withoutTerms, 3);
  }

  private static DuplicateSummary summary(
      int bits,
      NavigableMap<Integer, Long> distances,
      DuplicateSummary.WithoutTerms withoutTerms,
      int maxDistance) {
    return new DuplicateSummary(
        1500,
        List.of("news"),
        List.of("old"),
        "code",
        bits,
        maxDistance,
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
        withoutTerms,
        Optional.empty(),
        Optional.empty());
  }

  static GroupMember member(String id, int distance) {
    return new GroupMember("news", id, distance, OptionalDouble.empty(), Optional.empty());
  }

  static DuplicateGroup group(GroupMember kept, GroupMember... others) {
    return group(false, kept, others);
  }

  static DuplicateGroup group(boolean capped, GroupMember kept, GroupMember... others) {
    int diameter = Arrays.stream(others).mapToInt(GroupMember::distance).max().orElse(0);
    return new DuplicateGroup(others.length + 1, diameter, capped, kept, List.of(others));
  }
}
