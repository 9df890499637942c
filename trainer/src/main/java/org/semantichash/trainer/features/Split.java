// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.features;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The parts of a corpus.
 *
 * @param training learned from
 * @param validation chooses the epoch and checks the export
 * @param test looked at once, at the end
 */
public record Split<T>(List<T> training, List<T> validation, List<T> test) {

  /** A random split of the numbers from 0 to n. */
  public static Split<Integer> random(int n, double validationShare, double testShare, long seed) {
    return random(IntStream.range(0, n).boxed().toList(), validationShare, testShare, seed);
  }

  /**
   * A random split.
   *
   * @param items what is split; its order does matter for the result
   * @param validationShare share of the validation part, above 0
   * @param testShare share of the test part, may be 0; with the other below 1
   * @param seed gives the same split for the same items
   * @throws IllegalArgumentException when a share is out of range, or the items are so few that
   *     none is left to learn from
   */
  public static <T> Split<T> random(
      List<T> items, double validationShare, double testShare, long seed) {
    if (validationShare > 0 == false
        || testShare >= 0 == false
        || validationShare + testShare < 1 == false) {
      throw new IllegalArgumentException(
          "[validation] must be above [0], [test] at least [0], both together below [1], got ["
              + validationShare
              + "] and ["
              + testShare
              + "]");
    }
    int validation = (int) Math.ceil(items.size() * validationShare);
    int test = (int) Math.ceil(items.size() * testShare);
    int training = items.size() - validation - test;
    if (training < 1) {
      throw new IllegalArgumentException(
          "the training part must hold at least [1] document, got [0] of ["
              + items.size()
              + "] with [validation] ["
              + validationShare
              + "] and [test] ["
              + testShare
              + "]");
    }
    List<T> shuffled = new ArrayList<>(items);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T swap = shuffled.get(i);
      shuffled.set(i, shuffled.get(j));
      shuffled.set(j, swap);
    }
    int testStart = training + validation;
    return new Split<>(
        List.copyOf(shuffled.subList(0, training)),
        List.copyOf(shuffled.subList(training, testStart)),
        List.copyOf(shuffled.subList(testStart, items.size())));
  }
}
