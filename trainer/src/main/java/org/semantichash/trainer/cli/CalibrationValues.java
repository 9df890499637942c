// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.semantichash.trainer.calibration.Calibration;
import org.semantichash.trainer.calibration.NamedCurve;
import org.semantichash.trainer.calibration.RadiusCurve;
import org.semantichash.trainer.calibration.RadiusRule;

/** A calibration as it is printed as JSON. */
record CalibrationValues(Calibration calibration, RadiusRule rule) {

  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("bits", calibration.bits());
    values.put("about", calibration.about());
    values.put("rule", rule.toString());
    OptionalInt radius = rule.radius(calibration.whole().curve());
    values.put("suggested_radius", radius.isPresent() ? radius.getAsInt() : null);
    List<Object> rows = new ArrayList<>(rows(calibration.whole()));
    calibration.parts().forEach(part -> rows.addAll(rows(part)));
    values.put("rows", rows);
    return values;
  }

  private static List<Map<String, Object>> rows(NamedCurve named) {
    List<Map<String, Object>> rows = new ArrayList<>();
    RadiusCurve curve = named.curve();
    for (int radius = 0; radius <= curve.maxRadius(); radius++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("edit", named.kind());
      row.put("rate", named.percent());
      row.put("radius", radius);
      row.put("precision", Double.isNaN(curve.precision(radius)) ? null : curve.precision(radius));
      row.put("recall", curve.recall(radius));
      rows.add(row);
    }
    return rows;
  }
}
