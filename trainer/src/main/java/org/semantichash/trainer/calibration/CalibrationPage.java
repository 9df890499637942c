// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** A calibration as a page of Markdown. */
public record CalibrationPage(Calibration calibration, RadiusRule rule) {

  /** One sentence with the radius. */
  public String suggestion() {
    RadiusCurve curve = calibration.whole().curve();
    OptionalInt radius = rule.radius(curve);
    if (radius.isEmpty()) {
      return "No radius up to " + curve.maxRadius() + " will do for " + rule + ".";
    }
    int r = radius.getAsInt();
    return String.format(
        Locale.ROOT,
        "Suggested radius: %d of %d bits, %s: precision %.4f, recall %.4f.",
        r,
        calibration.bits(),
        rule,
        curve.precision(r),
        curve.recall(r));
  }

  /** The page. */
  public String markdown() {
    StringBuilder page = new StringBuilder("# Calibration\n\n");
    page.append(suggestion()).append("\n\nMeasured on: ").append(calibration.about());
    page.append("\n\n## By radius\n\n| radius | precision | recall | F1 |\n");
    page.append("| ---: | ---: | ---: | ---: |\n");
    RadiusCurve curve = calibration.whole().curve();
    for (int r = 0; r <= curve.maxRadius(); r++) {
      page.append("| ").append(r).append(" | ").append(number(curve.precision(r)));
      page.append(" | ").append(number(curve.recall(r))).append(" | ");
      page.append(number(curve.f1(r))).append(" |\n");
    }
    appendParts(page);
    return page.toString();
  }

  private void appendParts(StringBuilder page) {
    List<NamedCurve> parts = calibration.parts();
    if (parts.isEmpty()) {
      return;
    }
    page.append("\n## Recall by edit\n\n| edit |");
    int maxRadius = calibration.whole().curve().maxRadius();
    for (int r = 0; r <= maxRadius; r++) {
      page.append(" radius ").append(r).append(" |");
    }
    page.append("\n| --- |").append(" ---: |".repeat(maxRadius + 1)).append('\n');
    for (NamedCurve part : parts) {
      page.append("| ").append(part).append(" |");
      for (int r = 0; r <= maxRadius; r++) {
        page.append(' ').append(number(part.curve().recall(r))).append(" |");
      }
      page.append('\n');
    }
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
