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
package org.semantichash.it.results;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of one subject.
 *
 * @param subject what was measured
 * @param values numbers by name; the unit is the end of the name, as in [latency_p50_ms]
 */
public record Row(String subject, Map<String, Object> values) {

  /** Keeps the order of the values. */
  public Row {
    values = new LinkedHashMap<>(values);
  }

  /** A row with values given as name, value, name, value. */
  public static Row of(String subject, Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Row(subject, values);
  }
}
