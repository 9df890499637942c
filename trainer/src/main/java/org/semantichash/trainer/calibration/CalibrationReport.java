// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.semantichash.trainer.calibration.RadiusCurve.NamedCurve;
import org.semantichash.trainer.calibration.RadiusCurve.RadiusRule;

/** A calibration as a page of Markdown, a picture, and JSON. */
public record CalibrationReport(Calibration calibration, RadiusRule rule) {

  private static final int WIDTH = 100;
  private static final int RADII = 9;
  private static final double ACCEPTABLE_PRECISION = 0.5;

  /** The radius that is suggested; empty when none will do. */
  public OptionalInt radius() {
    return rule.radius(calibration.whole().curve());
  }

  /** Whether that is what a request takes unless it names one. */
  public boolean isDefault() {
    RadiusCurve curve = calibration.whole().curve();
    return radius().equals(OptionalInt.of(curve.defaultRadius()));
  }

  /** Whether more than half of the pairs that it finds are no copies, or no radius will do. */
  public boolean isPoor() {
    OptionalInt radius = radius();
    return radius.isEmpty()
        || calibration.whole().curve().precision(radius.getAsInt()) < ACCEPTABLE_PRECISION;
  }

  /** One sentence with the radius. */
  public String suggestion() {
    RadiusCurve curve = calibration.whole().curve();
    OptionalInt radius = radius();
    if (radius.isEmpty()) {
      return "No radius up to " + curve.maxRadius() + " will do for " + rule + ".";
    }
    int r = radius.getAsInt();
    return String.format(
        Locale.ROOT,
        "Suggested radius: %d of %d bits, %s: precision %.4f, recall %.4f.",
        r,
        calibration.bits(),
        rule.reason(curve, r),
        curve.precision(r),
        curve.recall(r));
  }

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

  /** As JSON has it. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("bits", calibration.bits());
    values.put("about", calibration.about());
    values.put("rule", rule.toString());
    OptionalInt radius = radius();
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

  /**
   * Writes a picture: precision, recall and F1 against the radius, and the recall of each edit as a
   * thin line.
   */
  public void writePicture(Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(560)
            .title("Precision and recall by radius, " + calibration.bits() + " bits")
            .xAxisTitle("radius in bits")
            .yAxisTitle("share")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(1.0);
    for (NamedCurve part : calibration.parts()) {
      XYSeries series = add(chart, part + ": recall", part.curve(), part.curve()::recall);
      series.setLineWidth(1);
      series.setLineColor(Color.LIGHT_GRAY);
    }
    RadiusCurve whole = calibration.whole().curve();
    List<XYSeries> lines =
        List.of(
            add(chart, "precision", whole, whole::precision),
            add(chart, "recall", whole, whole::recall),
            add(chart, "F1", whole, whole::f1));
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).setLineColor(Palette.COLOURS.get(i));
      lines.get(i).setLineWidth(3);
    }
    Files.write(file, ChartEncoder.getBytes(chart, "png"));
  }

  private static XYSeries add(
      XYChart chart, String name, RadiusCurve curve, IntToDoubleFunction value) {
    double[] radii = IntStream.rangeClosed(0, curve.maxRadius()).asDoubleStream().toArray();
    double[] values = IntStream.range(0, radii.length).mapToDouble(value).toArray();
    XYSeries series = chart.addSeries(name, radii, values);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }
}
