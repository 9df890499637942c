// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.trainer.evaluation.HammingCounter.TopKMatches.AveragePrecision;

class AveragePrecisionTest {

  private final SplittableRandom random = new SplittableRandom(5);

  /** A document of the oracle. */
  private record Ranked(int group, boolean relevant) {}

  private static double averagePrecision(List<Ranked> order, int k) {
    long relevant = order.stream().filter(Ranked::relevant).count();
    double sum = 0;
    int found = 0;
    for (int r = 1; r <= Math.min(k, order.size()); r++) {
      if (order.get(r - 1).relevant()) {
        found++;
        sum += (double) found / r;
      }
    }
    return relevant == 0 ? 0 : sum / Math.min(k, relevant);
  }

  /** Adds the value of every order that keeps the groups in order. */
  private static void collect(List<Ranked> documents, int fixed, int k, List<Double> values) {
    if (fixed == documents.size()) {
      values.add(averagePrecision(documents, k));
      return;
    }
    for (int i = fixed; i < documents.size(); i++) {
      if (documents.get(i).group() == documents.get(fixed).group()) {
        Collections.swap(documents, fixed, i);
        collect(documents, fixed + 1, k, values);
        Collections.swap(documents, fixed, i);
      }
    }
  }

  private List<Ranked> documents() {
    List<Ranked> documents = new ArrayList<>();
    int size = 1 + random.nextInt(7);
    int group = 0;
    for (int i = 0; i < size; i++) {
      group += random.nextInt(3) == 0 ? 1 : 0;
      documents.add(new Ranked(group, random.nextInt(5) < 2));
    }
    return documents;
  }

  private static double closedForm(List<Ranked> documents, int k) {
    int relevant = (int) documents.stream().filter(Ranked::relevant).count();
    AveragePrecision value = new AveragePrecision(k, relevant);
    for (int group = 0; group <= documents.get(documents.size() - 1).group(); group++) {
      int wanted = group;
      List<Ranked> tied = documents.stream().filter(d -> d.group() == wanted).toList();
      value.add(tied.size(), (int) tied.stream().filter(Ranked::relevant).count());
    }
    return value.value();
  }

  @Test
  void tiesCountAsTheMeanOverAllPermutations() {
    for (int round = 0; round < 300; round++) {
      List<Ranked> documents = documents();
      for (int k = 1; k <= documents.size() + 1; k++) {
        List<Double> values = new ArrayList<>();
        collect(new ArrayList<>(documents), 0, k, values);
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertEquals(mean, closedForm(documents, k), 1e-12, documents + " at " + k);
      }
    }
  }

  @Test
  void anAllRelevantFrontIsOneEvenWhenThereAreMoreThanK() {
    AveragePrecision value = new AveragePrecision(3, 5);
    value.add(4, 4);
    assertEquals(1, value.value(), 1e-12);
  }

  @Test
  void aLateMatchCountsByItsRankAndTheNumberOfRelevantDocuments() {
    AveragePrecision value = new AveragePrecision(10, 2);
    value.add(3, 0);
    value.add(1, 1);
    assertEquals(1 / 4.0 / 2, value.value(), 1e-12);
  }

  @Test
  void withoutRelevantDocumentsItIsZero() {
    AveragePrecision value = new AveragePrecision(10, 0);
    value.add(20, 0);
    assertEquals(0, value.value());
  }
}
