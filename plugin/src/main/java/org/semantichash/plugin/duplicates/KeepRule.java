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
