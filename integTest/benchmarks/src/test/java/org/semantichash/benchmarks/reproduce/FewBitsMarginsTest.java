// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.semantichash.benchmarks.reproduce.TablePage.FewBitsMargins;

class FewBitsMarginsTest {

  private static String under(String table) {
    MadeExperiment made =
        new MadeExperiment("a", table, List.of(4, 6, 8))
            .line("NASH", Map.of("4", 0.1, "6", 0.3))
            .line("VDSH", Map.of("4", 0.2, "6", 0.2, "8", 0.2))
            .line("WISH", Map.of("4", 0.4, "6", 0.2, "8", 0.9))
            .rows("NASH", 0.5, 0.5)
            .rows("VDSH", 0.4, 0.6, 0.1)
            .rows("WISH", 0.55, 0.5, 0.9);
    return FewBitsMargins.under(made.table(), TableLine.of(made.table(), made.recorded().rows()));
  }

  @Test
  void isOverTheBetterAtEachWidthAndNeedsBoth() {
    assertEquals(
        "WISH above the better of NASH and VDSH: at 4 bits +0.0500 (paper +0.2000), at 6 bits"
            + " -0.1000 (paper -0.1000), at 8 bits – (paper –).\n",
        under("few-bits"));
  }

  @Test
  void standsUnderNoOtherTable() {
    assertEquals("", under("unsupervised"));
  }
}
