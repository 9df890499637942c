// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

/**
 * The score of a distance: (bits - distance) / bits, between 0 (all bits differ) and 1 (none), the
 * same number that Elasticsearch gives to its own bit vectors. It falls strictly with the distance.
 */
public final class HammingSimilarity {

  private HammingSimilarity() {}

  /**
   * The score.
   *
   * @param bits the width of the codes
   * @param distance the number of bits that differ, 0 to bits
   * @throws IllegalArgumentException when the distance is out of range
   */
  public static float score(int bits, int distance) {
    if (distance < 0 || distance > bits) {
      throw new IllegalArgumentException(
          "[distance] must be between [0] and [" + bits + "], got [" + distance + "]");
    }
    return (bits - distance) / (float) bits;
  }

  /**
   * The distance that has this score: the inverse of {@link #score} for scores without a boost.
   *
   * @param bits the width of the codes
   * @param score a score, 0 to 1
   * @throws IllegalArgumentException when the score is out of range
   */
  public static int distance(int bits, float score) {
    if (score >= 0 && score <= 1) {
      return bits - Math.round(score * bits);
    }
    throw new IllegalArgumentException("[score] must be between [0] and [1], got [" + score + "]");
  }
}
