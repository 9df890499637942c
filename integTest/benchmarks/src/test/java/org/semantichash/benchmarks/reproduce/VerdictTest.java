// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.semantichash.benchmarks.reproduce.TableLine.Verdict;

class VerdictTest {

  @ParameterizedTest
  @CsvSource({
    "0.5000,  0.5000, 0.02, OK",
    "0.49996, 0.5000, 0.02, OK", // prints as 0.5000
    "0.49994, 0.5000, 0.02, WITHIN",
    "0.4908,  0.5108, 0.02, WITHIN", // 0.5108 - 0.02 is below it in doubles
    "0.4800,  0.5000, 0.02, WITHIN",
    "0.4799,  0.5000, 0.02, FAIL",
    "0.4999,  0.5000, 0.00, FAIL",
    "0.1,     ,       0.02, NONE",
  })
  void comparesAtFourDecimals(double ours, Double paper, double tolerance, Verdict verdict) {
    assertEquals(verdict, Verdict.of(ours, paper, tolerance));
  }
}
