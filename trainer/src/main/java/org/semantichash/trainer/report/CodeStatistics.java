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
package org.semantichash.trainer.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.hash.BinaryCode;

/**
 * How a set of codes uses its bits.
 *
 * @param documents the number of codes
 * @param distinct the number of different codes
 * @param largestBucket the most documents that share one code
 * @param deadBits bits that are the same in every code
 * @param ones the share of ones among all bits
 * @param entropy the mean entropy of a bit, in bits: 1 when ones and zeros are as frequent
 */
public record CodeStatistics(
    int documents, int distinct, int largestBucket, int deadBits, double ones, double entropy) {

  /** The statistics of codes of one width. */
  public static CodeStatistics of(List<BinaryCode> codes) {
    if (codes.isEmpty()) {
      throw new IllegalArgumentException("statistics need at least [1] code, got [0]");
    }
    Map<BinaryCode, Integer> buckets = new HashMap<>();
    int bits = codes.get(0).bits();
    int[] ones = new int[bits];
    for (BinaryCode code : codes) {
      buckets.merge(code, 1, Integer::sum);
      for (int bit = 0; bit < bits; bit++) {
        ones[bit] += code.get(bit) ? 1 : 0;
      }
    }
    int dead = 0;
    double share = 0;
    double entropy = 0;
    for (int count : ones) {
      double p = (double) count / codes.size();
      dead += count == 0 || count == codes.size() ? 1 : 0;
      share += p / bits;
      entropy += (plogp(p) + plogp(1 - p)) / bits;
    }
    int largest = buckets.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new CodeStatistics(codes.size(), buckets.size(), largest, dead, share, entropy);
  }

  private static double plogp(double p) {
    return p == 0 ? 0 : -p * StrictMath.log(p) / StrictMath.log(2);
  }

  /** Whether the codes tell hardly anything apart: fewer than 1 % are different. */
  public boolean isCollapsed() {
    return distinct * 100L < documents;
  }
}
