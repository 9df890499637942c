// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What is expected of two precisions, and whether it holds.
 *
 * @param result whether it holds
 * @param text where it was looked at, and the numbers
 */
record Check(Result result, String text) {

  private static final double DECIMALS = 10_000;

  /** Whether a check holds. */
  enum Result {
    /** It holds. */
    OK,
    /** It does not. */
    FAIL,
    /** Rows that it needs are missing. */
    OPEN
  }

  /**
   * A precision with a name.
   *
   * @param name what the check calls it
   * @param value empty where rows are missing
   */
  record Named(String name, OptionalDouble value) {

    @Override
    public String toString() {
      return name
          + (value.isPresent()
              ? String.format(Locale.ROOT, " %.4f", value.getAsDouble())
              : " incomplete");
    }
  }

  /**
   * Checks a lead, at the four decimals that are printed.
   *
   * @param where begins the text
   * @param least the smallest lead of the first over the second that is right; may be negative
   */
  static Check lead(String where, Named first, Named second, double least) {
    String numbers = where + ": " + first + ", " + second;
    if (first.value().isEmpty() || second.value().isEmpty()) {
      return new Check(Result.OPEN, numbers);
    }
    long lead = decimals(first.value().getAsDouble()) - decimals(second.value().getAsDouble());
    long lacking = decimals(least) - lead;
    return new Check(
        lacking <= 0 ? Result.OK : Result.FAIL,
        String.format(
            Locale.ROOT,
            "%s, lead %+.4f, must be at least %+.4f%s",
            numbers,
            lead / DECIMALS,
            least,
            lacking <= 0 ? "" : String.format(Locale.ROOT, ", short by %.4f", lacking / DECIMALS)));
  }

  private static long decimals(double precision) {
    return Math.round(precision * DECIMALS);
  }

  /** The same numbers, not judged. */
  Check open(String reason) {
    return new Check(Result.OPEN, text + ", but " + reason);
  }
}
