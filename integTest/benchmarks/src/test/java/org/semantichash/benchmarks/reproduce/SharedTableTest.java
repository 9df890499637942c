// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.semantichash.benchmarks.reproduce.SharedTable.MethodMeans;

class SharedTableTest {

  private static SharedTable of(MadeExperiment... experiments) {
    return SharedTable.of(List.of(experiments).stream().map(MadeExperiment::recorded).toList())
        .get(0);
  }

  private static void assertMean(double expected, OptionalDouble mean) {
    assertEquals(expected, mean.orElseThrow(), 1e-12);
  }

  @Test
  void theMeanIsOverTheSeedsFirst() {
    MadeExperiment a =
        new MadeExperiment("a", "unsupervised")
            .row("M", 16, 1, 0.1)
            .row("M", 32, 1, 0.2)
            .row("M", 32, 2, 0.6)
            .row("M", 64, 1, 0.5)
            .row("M", 128, 1, 0.6);
    assertMean((0.1 + 0.4 + 0.5 + 0.6) / 4, of(a).methods().get(0).mean());
  }

  @Test
  void experimentsHaveTheSameWeightAndOtherWidthsHaveNone() {
    MadeExperiment a = new MadeExperiment("a", "unsupervised").rows("M", 0.1, 0.2, 0.3, 0.4);
    MadeExperiment b =
        new MadeExperiment("b", "unsupervised", List.of(8, 16, 32, 64, 128))
            .rows("M", 1, 0.5, 0.6, 0.7, 0.8);
    MethodMeans means = of(a, b).methods().get(0);
    assertMean(0.25, means.byExperiment().get("a").mean());
    assertMean(0.65, means.byExperiment().get("b").mean());
    assertMean(0.45, means.mean());
  }

  @Test
  void whatIsMissingIsNamedAndNotAveraged() {
    MadeExperiment a =
        new MadeExperiment("a", "unsupervised")
            .row("M", 16, 1, 0.9)
            .row("M", 32, 1, 0.9)
            .row("M", 128, 1, 0.9)
            .rows("N", 0.1, 0.1, 0.1, 0.1);
    MadeExperiment b = new MadeExperiment("b", "unsupervised").rows("N", 0.1, 0.1, 0.1, 0.1);
    SharedTable table = of(a, b);
    MethodMeans means = table.find("M").orElseThrow();
    assertEquals("a: 32 bits with seed 2, 64 bits; b: not in the experiment", means.missing());
    assertTrue(means.byExperiment().get("a").mean().isEmpty());
    assertTrue(means.mean().isEmpty());
    assertEquals(
        List.of("N", "M"), table.methods().stream().map(MethodMeans::label).toList()); // last
  }

  @Test
  void thePapersMeanNeedsAllWidthsOfAllExperiments() {
    Map<String, Double> all = Map.of("16", 0.1, "32", 0.2, "64", 0.3, "128", 0.8);
    Map<String, Double> few = Map.of("16", 0.1, "32", 0.2, "128", 0.8);
    MethodMeans means =
        of(
                new MadeExperiment("a", "unsupervised").line("M", all),
                new MadeExperiment("b", "unsupervised").line("M", few))
            .methods()
            .get(0);
    assertMean(0.35, means.byExperiment().get("a").paperMean());
    assertTrue(means.byExperiment().get("b").paperMean().isEmpty());
    assertTrue(means.paperMean().isEmpty());
  }

  @Test
  void theBestOfOursIsFirst() {
    MadeExperiment a =
        new MadeExperiment("a", "supervised")
            .rows("L", 0.2, 0.2, 0.2, 0.2)
            .rows("M", 0.1, 0.1, 0.1, 0.9)
            .rows("N", 0.25, 0.25, 0.25, 0.25);
    assertEquals(List.of("M", "N", "L"), of(a).methods().stream().map(MethodMeans::label).toList());
  }

  @Test
  void aTableThatOneLacksIsNotShared() {
    assertEquals(
        List.of(),
        SharedTable.of(
            List.of(
                new MadeExperiment("a", "unsupervised").rows("M", 0.1).recorded(),
                new MadeExperiment("b", "supervised").rows("M", 0.1).recorded())));
  }
}
