// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.semantichash.hash.BinaryCode;

/**
 * Expected precision and average precision of one query, place by place and pair by pair of places:
 * slow, and without the closed form of the evaluator.
 *
 * @param precision at k
 * @param averagePrecision at k
 */
record NaiveScore(double precision, double averagePrecision) {

  /** The documents at one distance, and how many of them match. */
  private record Group(int distance, int documents, int matches) {

    Group plus(Group other) {
      return new Group(distance, documents + other.documents, matches + other.matches);
    }

    double relevant() {
      return (double) matches / documents;
    }

    /** The probability that two of its places are relevant at once. */
    double bothRelevant() {
      return relevant() * (matches - 1) / (documents - 1);
    }
  }

  static NaiveScore of(
      BinaryCode query, int[] wanted, List<BinaryCode> database, List<int[]> labels, int k) {
    TreeMap<Integer, Group> groups = new TreeMap<>();
    int relevant = 0;
    for (int i = 0; i < database.size(); i++) {
      int[] has = labels.get(i);
      int match = Arrays.stream(wanted).anyMatch(w -> Arrays.binarySearch(has, w) >= 0) ? 1 : 0;
      relevant += match;
      int distance = query.distance(database.get(i));
      groups.merge(distance, new Group(distance, 1, match), Group::plus);
    }
    List<Group> places = new ArrayList<>();
    for (Group group : groups.values()) {
      for (int i = 0; i < group.documents && places.size() < k; i++) {
        places.add(group);
      }
    }
    double precision = places.stream().mapToDouble(Group::relevant).sum() / k;
    return new NaiveScore(precision, averagePrecision(places, relevant, k));
  }

  private static double averagePrecision(List<Group> places, int relevant, int k) {
    double sum = 0;
    for (int r = 0; r < places.size(); r++) {
      Group last = places.get(r);
      double both = last.relevant();
      for (Group other : places.subList(0, r)) {
        both += other.equals(last) ? last.bothRelevant() : other.relevant() * last.relevant();
      }
      sum += both / (r + 1);
    }
    return relevant == 0 ? 0 : sum / Math.min(k, relevant);
  }
}
