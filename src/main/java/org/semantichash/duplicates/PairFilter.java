// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.duplicates;

/** Whether a pair is to be reported where it was found, and not elsewhere. */
interface PairFilter {

  /** Every pair. */
  PairFilter ALL = (one, other) -> true;

  /** Whether this pair is. */
  boolean accepts(int one, int other);
}
