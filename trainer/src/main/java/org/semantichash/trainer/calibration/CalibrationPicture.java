// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.calibration;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Precision, recall and F1 against the radius, and the recall of each edit as a thin line. */
public record CalibrationPicture(Calibration calibration) {

  /** Writes it as PNG. */
  public void write(Path file) throws IOException {
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
