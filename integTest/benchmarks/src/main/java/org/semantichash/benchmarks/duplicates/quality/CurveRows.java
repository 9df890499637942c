// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.calibration.RadiusCurve;
import org.semantichash.trainer.calibration.RadiusCurve.NamedCurve;

/**
 * Curves as rows of the results.
 *
 * @param data what they were measured on
 * @param method whose codes
 * @param bits their width
 */
record CurveRows(String data, String method, int bits) {

  /** What curves of all edits together are called. */
  static final String ALL = "all";

  /** Every radius that is shown: a quarter of the width for all edits, an eighth for one. */
  List<Map<String, Object>> of(NamedCurve named) {
    RadiusCurve curve = named.curve();
    int maxRadius = named.kind().equals(ALL) ? curve.maxRadius() : curve.maxRadius() / 2;
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int radius = 0; radius <= maxRadius; radius++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("data", data);
      row.put("method", method);
      row.put("bits", bits);
      row.put("edit", named.kind());
      row.put("rate", named.percent());
      row.put("radius", radius);
      row.put("recall", rounded(curve.recall(radius)));
      row.put("precision", rounded(curve.precision(radius)));
      rows.add(row);
    }
    return rows;
  }

  /** Six decimals; null for what is not defined. */
  private static Double rounded(double value) {
    return Double.isNaN(value) ? null : Math.rint(value * 1e6) / 1e6;
  }
}
