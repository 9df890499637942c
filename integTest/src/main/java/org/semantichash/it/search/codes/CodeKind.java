// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.search.codes;

import java.util.Locale;

/** How the codes of a set are made. */
public enum CodeKind {

  /** One centre for 100 codes, uniform; a code is a centre with each bit flipped with p = .05. */
  CLUSTERED,

  /** Every bit a fair coin: no code is near another but by chance. */
  UNIFORM;

  /** Its name in results. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
