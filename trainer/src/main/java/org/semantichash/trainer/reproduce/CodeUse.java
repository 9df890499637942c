/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
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
