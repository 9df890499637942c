// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How often each bit is one.
 *
 * @param shares for each bit the share of the codes in which it is one, from 0 to 1
 */
public record BitBalance(List<Double> shares) {

  /** Copies the shares. */
  public BitBalance {
    shares = List.copyOf(shares);
    if (shares.isEmpty()) {
      throw new IllegalArgumentException("[shares] must have at least [1] bit, got [0]");
    }
  }

  static BitBalance of(BitColumns columns) {
    return new BitBalance(
        IntStream.range(0, columns.bits())
            .mapToObj(bit -> (double) columns.ones(bit) / columns.documents())
            .toList());
  }

  private DoubleStream each() {
    return shares.stream().mapToDouble(Double::doubleValue);
  }

  /** The share of ones of the bit that is one least often. */
  public double min() {
    return each().min().orElseThrow();
  }

  /** The share of ones among all bits. */
  public double mean() {
    return each().average().orElseThrow();
  }

  /** The share of ones of the bit that is one most often. */
  public double max() {
    return each().max().orElseThrow();
  }

  /** The number of bits that are the same in every code. */
  public int deadBits() {
    return (int) each().filter(share -> share == 0 || share == 1).count();
  }

  /** The smallest entropy of a bit, in bits: 1 when ones and zeros are as frequent, 0 when dead. */
  public double minEntropy() {
    return each().map(BitBalance::entropy).min().orElseThrow();
  }

  /** The mean entropy of a bit, in bits. */
  public double meanEntropy() {
    return each().map(BitBalance::entropy).average().orElseThrow();
  }

  private static double entropy(double share) {
    return plogp(share) + plogp(1 - share);
  }

  private static double plogp(double p) {
    return p == 0 ? 0 : -p * StrictMath.log(p) / StrictMath.log(2);
  }
}
