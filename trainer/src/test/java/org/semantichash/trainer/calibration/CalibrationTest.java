// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.calibration.Edit.EditKind;
import org.semantichash.trainer.calibration.RadiusCurve.RadiusRule;

class CalibrationTest {

  private static final RadiusRule LARGEST_F1 = new RadiusRule(OptionalDouble.empty());

  private static BinaryCode code(String hex) {
    return BinaryCode.fromHex(hex, hex.length() * 4);
  }

  @Test
  void countsAreThoseOfBruteForce() {
    SplittableRandom random = new SplittableRandom(5);
    for (int bits : new int[] {16, 64, 128, 200}) {
      List<String> a = codes(random, bits, 40);
      List<String> b = codes(random, bits, 40);
      long[] paired = new long[bits + 1];
      long[] all = new long[bits + 1];
      for (int i = 0; i < a.size(); i++) {
        paired[code(a.get(i)).distance(code(b.get(i)))]++;
        for (int j = 0; j < i; j++) {
          all[code(a.get(i)).distance(code(a.get(j)))]++;
        }
      }
      PackedCodes packed = PackedCodes.of(bits, a, CalibrationTest::code);
      assertArrayEquals(
          paired, packed.pairedDistances(PackedCodes.of(bits, b, CalibrationTest::code)));
      assertArrayEquals(all, packed.allDistances());
    }
  }

  private static List<String> codes(SplittableRandom random, int bits, int count) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder hex = new StringBuilder();
      for (int b = 0; b < bits / 8; b++) {
        hex.append(String.format(Locale.ROOT, "%02x", random.nextInt(256)));
      }
      codes.add(hex.toString());
    }
    return codes;
  }

  /** 16 bits: duplicates at 0, 0, 2, 9; others at 1, 2, 2, 10. */
  private static RadiusCurve curve() {
    long[] duplicates = new long[17];
    long[] others = new long[17];
    duplicates[0] = 2;
    duplicates[2] = 1;
    duplicates[9] = 1;
    others[1] = 1;
    others[2] = 2;
    others[10] = 1;
    return new RadiusCurve(duplicates, others);
  }

  @Test
  void precisionAndRecallByHand() {
    RadiusCurve curve = curve();
    assertEquals(4, curve.maxRadius());
    assertEquals(1, curve.precision(0));
    assertEquals(0.5, curve.recall(0));
    assertEquals(2.0 / 3, curve.precision(1));
    assertEquals(0.5, curve.precision(2));
    assertEquals(0.75, curve.recall(2));
    assertEquals(2 * 0.5 * 0.75 / 1.25, curve.f1(2), 1e-12);
  }

  @Test
  void theSuggestedRadius() {
    assertEquals(OptionalInt.of(0), LARGEST_F1.radius(curve()));
    assertEquals(OptionalInt.of(4), new RadiusRule(OptionalDouble.of(0.5)).radius(curve()));
    assertEquals(OptionalInt.of(1), new RadiusRule(OptionalDouble.of(0.6)).radius(curve()));
    assertEquals(OptionalInt.of(0), new RadiusRule(OptionalDouble.of(1)).radius(curve()));
    RadiusCurve nothing = new RadiusCurve(new long[17], new long[17]);
    assertEquals(2, curve().defaultRadius());
    assertEquals(2.0 / 3, curve().f1(0), 1e-12, "clearly more than that of the default");
    assertEquals(0.6, curve().f1(2), 1e-12);
    assertEquals(OptionalInt.empty(), LARGEST_F1.radius(nothing));
    assertThrows(IllegalArgumentException.class, () -> new RadiusRule(OptionalDouble.of(1.1)));
  }

  @Test
  void theDefaultIsSuggestedUnlessAnotherRadiusIsClearlyBetter() {
    long[] duplicates = new long[65];
    long[] others = new long[65];
    duplicates[2] = 900;
    duplicates[9] = 10;
    others[8] = 5;
    RadiusCurve curve = new RadiusCurve(duplicates, others);
    assertEquals(8, curve.defaultRadius());
    assertEquals(OptionalInt.of(8), LARGEST_F1.radius(curve), "2 has an F1 that is hardly larger");
    assertEquals("the default", LARGEST_F1.reason(curve, 8));
    others[8] = 500;
    RadiusCurve worse = new RadiusCurve(duplicates, others);
    assertEquals(OptionalInt.of(2), LARGEST_F1.radius(worse));
    assertEquals(
        "the radius with the largest F1, where the default is 8", LARGEST_F1.reason(worse, 2));
  }

  /** With a code that counts letters, a dropped word is a known distance away. */
  @Test
  void plantedCopiesAreComparedWithTheirOriginals() {
    PlantedSample sample =
        PlantedSample.of(List.of("a a a a a b b", "c c c c c c c", "a a a a a b  b", "a b"), 1);
    assertEquals(1, sample.equal());
    assertEquals(1, sample.tooShort());
    Calibration calibration =
        Calibration.planted(
            16,
            sample,
            List.of(new Edit(EditKind.TRUNCATE, 1), new Edit(EditKind.SWAP, 10)),
            CalibrationTest::letters);
    RadiusCurve truncated = calibration.parts().get(0).curve();
    assertEquals(0, truncated.recall(0));
    assertEquals(1, truncated.recall(1));
    RadiusCurve swapped = calibration.parts().get(1).curve();
    assertEquals(1, swapped.recall(0));
    assertEquals(0.5, calibration.whole().curve().recall(0));
    assertEquals(1, swapped.precision(4));
    assertTrue(
        new CalibrationReport(calibration, LARGEST_F1)
            .markdown()
            .startsWith("# Calibration\n\nSuggested radius: 2 of 16 bits, the default: precision"));
  }

  @Test
  void aTerminalShowsWholeLines() {
    List<String> texts = List.of("a a a a a b b", "c c c c c c c");
    List<Edit> edits = new ArrayList<>();
    for (EditKind kind : EditKind.values()) {
      edits.add(new Edit(kind, 30));
      edits.add(new Edit(kind, 100));
    }
    for (int bits : new int[] {16, 64, 512}) {
      String page =
          new CalibrationReport(
                  Calibration.planted(
                      bits,
                      PlantedSample.of(texts, 1),
                      edits,
                      text -> BinaryCode.of(new byte[bits / 8], bits)),
                  LARGEST_F1)
              .markdown();
      page.lines().forEach(line -> assertTrue(line.length() <= 100, line));
      long rows = page.lines().filter(line -> line.startsWith("| truncate 30 % |")).count();
      assertEquals(Math.ceilDiv(bits / 4 + 1, 9), rows);
    }
  }

  /** So many low bits of the first byte as there are [a] and [b], of the second as [c]. */
  private static BinaryCode letters(String text) {
    long first = text.chars().filter(c -> c == 'a' || c == 'b').count();
    long second = text.chars().filter(c -> c == 'c').count();
    byte[] bytes = {(byte) ((1 << first) - 1), (byte) (((1 << second) - 1) / 16)};
    return BinaryCode.of(bytes, 16);
  }
}
