// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

/**
 * A random split.
 *
 * @param validation share of the documents that choose the epoch
 * @param test share of the documents that are queries, looked at once
 * @param seed of the split; the seeds of the runs do not change it
 */
public record SplitSpec(double validation, double test, long seed) {

  /** Checks. */
  public SplitSpec {
    SpecCheck.require(validation > 0, "validation", "be above [0]", validation);
    SpecCheck.require(test > 0, "test", "be above [0]", test);
    SpecCheck.require(
        validation + test < 1, "validation + test", "be below [1]", validation + test);
  }
}
