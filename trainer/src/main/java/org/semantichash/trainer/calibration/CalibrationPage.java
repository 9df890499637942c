// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** A calibration as a page of Markdown. */
public record CalibrationPage(Calibration calibration, RadiusRule rule) {

  private static final int WIDTH = 100;
  private static final int RADII = 9;

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
    appendFolded(page, suggestion());
    page.append('\n');
    appendFolded(page, "Measured on: " + calibration.about());
    page.append("\n## By radius\n\n| radius | precision | recall | F1 |\n");
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
    page.append("\n## Recall by edit and radius\n");
    int radii = calibration.whole().curve().maxRadius() + 1;
    for (int from = 0; from < radii; from += RADII) {
      appendRecall(page, parts, from, Math.min(radii, from + RADII));
    }
  }

  /** A table for some of the radii, since that of all would be wider than a terminal. */
  private static void appendRecall(StringBuilder page, List<NamedCurve> parts, int from, int to) {
    page.append("\n| edit |");
    for (int r = from; r < to; r++) {
      page.append(' ').append(r).append(" |");
    }
    page.append("\n| --- |").append(" ---: |".repeat(to - from)).append('\n');
    for (NamedCurve part : parts) {
      page.append("| ").append(part).append(" |");
      for (int r = from; r < to; r++) {
        page.append(' ').append(number(part.curve().recall(r))).append(" |");
      }
      page.append('\n');
    }
  }

  /** Adds a paragraph in lines that a terminal shows whole. */
  private static void appendFolded(StringBuilder page, String paragraph) {
    int column = 0;
    for (String word : paragraph.split(" ", -1)) {
      boolean breaks = column > 0 && column + 1 + word.length() > WIDTH;
      page.append(column == 0 ? "" : breaks ? "\n" : " ").append(word);
      column = (breaks || column == 0 ? 0 : column + 1) + word.length();
    }
    page.append('\n');
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
