// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import org.semantichash.trainer.report.CodeStatistics;

/**
 * How the training documents' codes use their bits; every value is null for a reference.
 *
 * @param distinctCodes the number of different codes
 * @param deadBits bits that are the same in every code
 * @param shareOfOnes the share of ones among all bits
 * @param meanBitEntropy the mean entropy of a bit, in bits
 */
public record CodeUse(
    Integer distinctCodes, Integer deadBits, Double shareOfOnes, Double meanBitEntropy) {

  /** Of what has no codes. */
  static final CodeUse NONE = new CodeUse(null, null, null, null);

  static CodeUse of(CodeStatistics s) {
    return new CodeUse(s.distinct(), s.deadBits(), s.ones(), s.entropy());
  }
}
