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
