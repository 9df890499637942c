// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

/** How ours compares with the paper's, at the four decimals that papers print. */
enum Verdict {
  /** At least the paper's. */
  OK("OK", "✓"),
  /** Below it by no more than the tolerance. */
  WITHIN("within tolerance", "≈"),
  /** Further below. */
  FAIL("FAIL", "✗"),
  /** The paper has no number. */
  NONE("no paper value", "");

  private static final double DECIMALS = 10_000;

  private final String text;
  private final String mark;

  Verdict(String text, String mark) {
    this.text = text;
    this.mark = mark;
  }

  /**
   * A verdict.
   *
   * @param paper the published precision, or null
   */
  static Verdict of(double ours, Double paper, double tolerance) {
    if (paper == null) {
      return NONE;
    }
    long missing = Math.round(paper * DECIMALS) - Math.round(ours * DECIMALS);
    if (missing <= 0) {
      return OK;
    }
    return missing <= Math.round(tolerance * DECIMALS) ? WITHIN : FAIL;
  }

  String text() {
    return text;
  }

  String mark() {
    return mark;
  }
}
