// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.semantichash.benchmarks.reproduce.SummaryChecks.Check;

class SummaryChecksTest {

  private static final List<String> PUBLISHED =
      List.of("SNUH", "CorrSH", "BMSH", "NASH", "VDSH", "LSH");

  private static MadeExperiment flat(String name, double... precisions) {
    MadeExperiment made = new MadeExperiment(name, "unsupervised");
    for (int i = 0; i < precisions.length; i++) {
      double p = precisions[i];
      made.rows(i < PUBLISHED.size() ? PUBLISHED.get(i) : "auto", p, p, p, p);
    }
    return made;
  }

  private static List<Check> checks(MadeExperiment... experiments) {
    return SummaryChecks.of(
        SharedTable.of(List.of(experiments).stream().map(MadeExperiment::recorded).toList()));
  }

  private static List<String> texts(Check.Result result, List<Check> checks) {
    return checks.stream().filter(c -> c.result() == result).map(Check::text).toList();
  }

  @Test
  void allHoldsInTheOrderOfThePapers() {
    List<Check> checks =
        checks(
            flat("a", 0.6, 0.61, 0.5, 0.4, 0.3, 0.1, 0.7),
            flat("b", 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.9));
    assertEquals(3 * 5 + 2 * 3 + 1, texts(Check.Result.OK, checks).size(), checks::toString);
    assertEquals(22, checks.size());
  }

  @Test
  void aPairInTheWrongOrderFailsWhereItIsSo() {
    List<Check> checks =
        checks(
            flat("a", 0.6, 0.61, 0.5, 0.4, 0.45, 0.1, 0.7),
            flat("b", 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.9));
    assertEquals(
        List.of(
            "unsupervised, a, NASH above VDSH: NASH 0.4000, VDSH 0.4500, lead -0.0500, must be at"
                + " least +0.0001, short by 0.0501"),
        texts(Check.Result.FAIL, checks));
  }

  @Test
  void equalIsNotAbove() {
    List<Check> checks = checks(flat("a", 0.5, 0.6, 0.50004, 0.4, 0.3, 0.1, 0.7));
    assertEquals(2, texts(Check.Result.FAIL, checks).size(), checks::toString); // and overall
  }

  @ParameterizedTest
  @CsvSource({"0.60, OK", "0.59, OK", "0.5899, FAIL"})
  void moreBitsMayLoseAHundredth(double at128, Check.Result result) {
    for (String label : List.of("CorrSH", "SNUH", "auto")) {
      MadeExperiment a = new MadeExperiment("a", "unsupervised").rows(label, 0, 0, 0.6, at128);
      Check check =
          checks(a).stream()
              .filter(c -> c.text().contains(", " + label + " no worse with more bits:"))
              .findFirst()
              .orElseThrow();
      assertEquals(result, check.result(), check::text);
    }
  }

  @Test
  void onlyAutoMustLastWithLabels() {
    MadeExperiment a =
        new MadeExperiment("a", "supervised")
            .rows("SNUH", 0.5, 0.5, 0.5, 0.1)
            .rows("auto", 0.5, 0.5, 0.5, 0.1);
    assertEquals(
        List.of(
            "supervised, a, auto no worse with more bits: auto at 128 bits 0.1000, auto at 64 bits 0.5000, lead"
                + " -0.4000, must be at least -0.0100, short by 0.3900"),
        checks(a).stream().map(Check::text).toList());
  }

  @ParameterizedTest
  @CsvSource({"0.62, OK", "0.61, OK", "0.6099, FAIL"})
  void autoMustGainAHundredth(double auto, Check.Result result) {
    List<Check> checks =
        checks(flat("a", 0.5, 0.6, 0.4, 0.3, 0.2, 0.1, auto).rows("ITQ", 0.9, 0.9, 0.9, 0.9));
    Check last = checks.get(checks.size() - 1);
    assertEquals(result, last.result(), last::text);
  }

  @Test
  void aRivalIsTheBestOverAllExperimentsNotOfEach() {
    List<Check> checks =
        checks(
            flat("a", 0.9, 0.5, 0.4, 0.3, 0.2, 0.1, 0.75),
            flat("b", 0.5, 0.9, 0.4, 0.3, 0.2, 0.1, 0.75));
    assertEquals(Check.Result.OK, checks.get(checks.size() - 1).result(), checks::toString);
  }

  @ParameterizedTest
  @CsvSource({"0.9, OPEN", "0.6, FAIL"})
  void anIncompleteRivalLeavesOnlyASuccessOpen(double auto, Check.Result result) {
    MadeExperiment a = flat("a", 0.5, 0.6, 0.4, 0.3, 0.2, 0.1, auto).row("WISH", 16, 1, 0.5);
    List<Check> checks = checks(a);
    Check last = checks.get(checks.size() - 1);
    assertEquals(result, last.result(), last::text);
  }

  @Test
  void whatLacksRowsIsOpen() {
    MadeExperiment a =
        new MadeExperiment("a", "unsupervised")
            .rows("NASH", 0.4, 0.4, 0.4, 0.4)
            .rows("VDSH", 0.9, 0.9, 0.9);
    List<Check> checks = checks(a);
    assertEquals(
        "unsupervised, a, NASH above VDSH: NASH 0.4000, VDSH incomplete", checks.get(3).text());
    assertEquals(checks.size(), texts(Check.Result.OPEN, checks).size(), checks::toString);
  }
}
