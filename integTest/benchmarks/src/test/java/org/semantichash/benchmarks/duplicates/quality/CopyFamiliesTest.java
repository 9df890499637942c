// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.calibration.Edit;
import org.semantichash.trainer.calibration.Edit.EditKind;
import org.semantichash.trainer.calibration.PlantedSample;
import org.semantichash.trainer.calibration.RadiusCurve;
import org.semantichash.trainer.calibration.RadiusCurve.NamedCurve;

class CopyFamiliesTest {

  /** All texts as queries, one edit: each of the counts is one that can be made by hand. */
  @Test
  void copiesAreComparedWithAllTextsAndTheirCopies() {
    PlantedSample sample = PlantedSample.of(List.of("a a a a a b b", "c c c c c c c"), 1);
    List<NamedCurve> curves =
        CopyFamilies.measure(
            16,
            sample,
            List.of(new Edit(EditKind.SWAP, 5), new Edit(EditKind.TRUNCATE, 10)),
            List.of(0, 1),
            CopyFamiliesTest::letters);
    assertEquals(
        List.of("all", "copies 5 %", "copies 10 %"),
        curves.stream().map(NamedCurve::toString).toList());
    RadiusCurve all = curves.get(0).curve();
    assertEquals(0.5, all.recall(0));
    assertEquals(1, all.recall(1));
    assertEquals(1, curves.get(1).curve().recall(0));
    assertEquals(0, curves.get(2).curve().recall(0));
    // Of 4 duplicates and 6 other pairs, at 10 bits or 9, all are within 10.
    assertEquals(4.0 / 10, all.precision(10));
    assertEquals(4.0 / 6, all.precision(9));
  }

  /** So many low bits of the first byte as there are [a] and [b], of the second as [c]. */
  private static BinaryCode letters(String text) {
    long first = text.chars().filter(c -> c == 'a' || c == 'b').count();
    long second = text.chars().filter(c -> c == 'c').count();
    byte[] bytes = {(byte) ((1 << first) - 1), (byte) (((1 << second) - 1) / 16)};
    return BinaryCode.of(bytes, 16);
  }
}
