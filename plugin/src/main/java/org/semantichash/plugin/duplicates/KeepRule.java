// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.util.Arrays;
import java.util.Locale;

/** Which document of a group is kept. Among equals it is the one with the lowest id. */
public enum KeepRule {

  /** That with the lowest id. */
  LOWEST_ID,

  /** That with the lowest value of a date or number. */
  OLDEST,

  /** That with the highest value of a date or number. */
  NEWEST,

  /** That with the most characters in a field of its source. */
  LONGEST;

  /** Whether the rule asks for the value of a field. */
  public boolean needsField() {
    return this != LOWEST_ID;
  }

  /** Whether the value is a date or a number. */
  public boolean isNumeric() {
    return this == OLDEST || this == NEWEST;
  }

  /** By its name in a request. */
  public static KeepRule parse(String text) {
    return Arrays.stream(values())
        .filter(rule -> rule.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "[keep] must be one of " + Arrays.toString(values()) + ", got [" + text + "]"));
  }

  /** Its name in a request. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
