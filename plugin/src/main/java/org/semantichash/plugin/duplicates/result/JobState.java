// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import java.util.Locale;

/** How a search of near-duplicates is. */
public enum JobState {

  /** It searches. */
  RUNNING,

  /** Its groups are there. */
  COMPLETED,

  /** It ended with an error. */
  FAILED,

  /** Somebody ended it. */
  CANCELLED;

  static JobState parse(Object name) {
    return valueOf(name.toString().toUpperCase(Locale.ROOT));
  }

  /** Its name in an answer. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
