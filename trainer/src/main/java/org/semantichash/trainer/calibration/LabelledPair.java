// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.Objects;

/**
 * Two texts that somebody has judged.
 *
 * @param a a text
 * @param b another one
 * @param duplicate whether they are near-duplicates
 */
public record LabelledPair(String a, String b, boolean duplicate) {

  /** Checks that nothing is missing. */
  public LabelledPair {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
  }
}
