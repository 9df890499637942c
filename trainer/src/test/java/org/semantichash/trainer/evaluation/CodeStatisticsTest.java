// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.CodeStatistics.BitBalance;
import org.semantichash.trainer.evaluation.CodeStatistics.BitCorrelation;

class CodeStatisticsTest {

  private final RandomCodes random = new RandomCodes(8);

  private static double[] column(List<BinaryCode> codes, int bit) {
    return codes.stream().mapToDouble(code -> code.get(bit) ? 1 : 0).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double pearson(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double covariance = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < a.length; i++) {
      covariance += (a[i] - meanA) * (b[i] - meanB);
      left += (a[i] - meanA) * (a[i] - meanA);
      right += (b[i] - meanB) * (b[i] - meanB);
    }
    return covariance / Math.sqrt(left * right);
  }

  /** Codes of which some bits never or always are one, and the others are not as often. */
  private List<BinaryCode> unevenCodes(int n, int bits) {
    List<BinaryCode> mask = random.codes(1, bits);
    List<BinaryCode> codes = new ArrayList<>();
    for (BinaryCode code : random.codes(n, bits)) {
      byte[] bytes = code.toBytes();
      for (int i = 0; i < bytes.length; i++) {
        byte kept = mask.get(0).toBytes()[i];
        bytes[i] &= random.random().nextInt(4) == 0 ? kept : (byte) (kept & 0x77);
      }
      bytes[0] |= (byte) 0x80;
      codes.add(BinaryCode.of(bytes, bits));
    }
    return codes;
  }

  @Test
  void correlationIsThatOfPearsonOverAllPairsOfLiveBits() {
    for (int bits : new int[] {4, 12, 64, 70}) {
      for (int n : new int[] {3, 64, 65, 150}) {
        List<BinaryCode> codes = unevenCodes(n, bits);
        double sum = 0;
        double max = 0;
        int pairs = 0;
        for (int a = 0; a < bits; a++) {
          for (int b = 0; b < a; b++) {
            double correlation = Math.abs(pearson(column(codes, a), column(codes, b)));
            if (Double.isNaN(correlation) == false) { // 0 / 0 for a dead bit
              sum += correlation;
              max = Math.max(max, correlation);
              pairs++;
            }
          }
        }
        BitCorrelation correlation = CodeStatistics.of(codes).correlation();
        assertEquals(pairs, correlation.pairs());
        assertEquals(sum / Math.max(1, pairs), correlation.mean(), 1e-9);
        assertEquals(max, correlation.max(), 1e-9);
      }
    }
  }

  @Test
  void aBitAndItsOppositeAreFullyCorrelated() {
    List<BinaryCode> codes =
        List.of("80", "80", "40").stream().map(hex -> BinaryCode.fromHex(hex, 8)).toList();
    assertEquals(new BitCorrelation(1, 1, 1), CodeStatistics.of(codes).correlation());
    assertEquals(new BitCorrelation(0, 0, 0), CodeStatistics.of(codes.subList(0, 2)).correlation());
  }

  @Test
  void balanceIsCountedBitByBit() {
    for (int bits : new int[] {4, 12, 64, 70}) {
      List<BinaryCode> codes = unevenCodes(90, bits);
      BitBalance balance = CodeStatistics.of(codes).balance();
      double least = 1;
      double sum = 0;
      for (int bit = 0; bit < bits; bit++) {
        double share = mean(column(codes, bit));
        assertEquals(share, balance.shares().get(bit), 1e-12);
        double entropy =
            share == 0 || share == 1
                ? 0
                : -(share * StrictMath.log(share) + (1 - share) * StrictMath.log(1 - share))
                    / StrictMath.log(2);
        least = Math.min(least, entropy);
        sum += entropy;
      }
      assertEquals(Collections.min(balance.shares()), balance.min());
      assertEquals(Collections.max(balance.shares()), balance.max());
      assertEquals(least, balance.minEntropy(), 1e-12);
      assertEquals(sum / bits, balance.meanEntropy(), 1e-12);
    }
  }

  @Test
  void statisticsCountWhatTheySay() {
    List<BinaryCode> codes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      codes.add(BinaryCode.fromHex(i < 6 ? "c0" : "40", 8));
    }
    CodeStatistics statistics = CodeStatistics.of(codes);
    assertEquals(8, statistics.documents());
    assertEquals(2, statistics.distinct());
    assertEquals(6, statistics.largestBucket());
    assertEquals(7, statistics.deadBits());
    assertEquals((0.75 + 1) / 8, statistics.ones(), 1e-12);
    assertEquals(0.811278 / 8, statistics.entropy(), 1e-6);
    assertFalse(statistics.isCollapsed());
    assertTrue(CodeStatistics.of(Collections.nCopies(101, codes.get(0))).isCollapsed());
  }

  @Test
  void nothingHasNoStatistics() {
    assertEquals(
        "statistics need at least [1] code, got [0]",
        assertThrows(IllegalArgumentException.class, () -> CodeStatistics.of(List.of()))
            .getMessage());
  }
}
