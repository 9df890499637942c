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
package org.semantichash.encoder;

/**
 * The classical bound on the error of sums in floating point: whatever the order and with or
 * without fused multiply-add, a sum of products in which each goes through at most n roundings
 * differs from the exact one by at most gamma(n) times the sum of the magnitudes (Higham, Accuracy
 * and Stability of Numerical Algorithms, 2nd edition, section 3.1).
 */
final class Roundings {

  /** Above it a partial sum of floats could overflow, for which the bound does not hold. */
  static final double LARGEST_SUM = 1e37;

  private static final double UNIT = 0x1p-24;

  /** Room for the roundings of the bounds themselves, which are doubles. */
  private static final double SLACK = 1.001;

  private Roundings() {}

  /** gamma(n) = n u / (1 - n u) for floats, rounded up; infinite where it does not exist. */
  static double gamma(int n) {
    double share = n * UNIT;
    return share < 0.5 ? SLACK * share / (1 - share) : Double.POSITIVE_INFINITY;
  }

  /** More than what products below the smallest normal float can take two sums apart. */
  static double underflow(int products) {
    return 4.0 * (products + 2) * Float.MIN_NORMAL;
  }

  /** A little more than this bound. */
  static double up(double bound) {
    return SLACK * bound;
  }
}
