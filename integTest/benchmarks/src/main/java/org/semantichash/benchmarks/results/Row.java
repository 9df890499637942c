// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.results;

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
