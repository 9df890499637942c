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
import java.util.Optional;
import org.semantichash.hash.BinaryCode;

/**
 * How a set of codes uses its bits.
 *
 * @param documents the number of codes
 * @param distinct the number of different codes
 * @param largestBucket the most documents that share one code
 * @param balance how often each bit is one
 * @param correlation how far bits say the same
 */
public record CodeStatistics(
    int documents,
    int distinct,
    int largestBucket,
    BitBalance balance,
    BitCorrelation correlation) {

  /** The statistics of codes of one width. */
  public static CodeStatistics of(List<BinaryCode> codes) {
    if (codes.isEmpty()) {
      throw new IllegalArgumentException("statistics need at least [1] code, got [0]");
    }
    Map<BinaryCode, Integer> buckets = new HashMap<>();
    codes.forEach(code -> buckets.merge(code, 1, Integer::sum));
    int largest = buckets.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    BitColumns columns = new BitColumns(new PackedCodes(codes));
    return new CodeStatistics(
        codes.size(), buckets.size(), largest, BitBalance.of(columns), BitCorrelation.of(columns));
  }

  /** Bits that are the same in every code. */
  public int deadBits() {
    return balance.deadBits();
  }

  /** The share of ones among all bits. */
  public double ones() {
    return balance.mean();
  }

  /** The mean entropy of a bit, in bits: 1 when ones and zeros are as frequent. */
  public double entropy() {
    return balance.meanEntropy();
  }

  /** Whether the codes tell hardly anything apart: fewer than 1 % are different. */
  public boolean isCollapsed() {
    return distinct * 100L < documents;
  }

  /** What is wrong with the codes, when they tell hardly anything apart or waste bits. */
  public Optional<String> warning() {
    if (isCollapsed()) {
      return Optional.of(
          "collapsed codes: fewer than 1 % are distinct; train with more --epochs, a smaller"
              + " --option kl_weight or another --learning-rate");
    }
    return deadBits() == 0
        ? Optional.empty()
        : Optional.of(
            "bits that are the same in every code: "
                + deadBits()
                + "; train with more --epochs, a smaller --option kl_weight or fewer --bits");
  }
}
