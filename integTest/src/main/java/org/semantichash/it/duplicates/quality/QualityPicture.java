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
package org.semantichash.it.duplicates.quality;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Precision against recall of the planted near-duplicates, a line a method and width. */
public final class QualityPicture {

  /** Of Okabe and Ito's colours, which also the colour-blind tell apart. */
  private static final List<Color> COLOURS =
      List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73));

  private final List<Map<String, Object>> rows;

  /** Of these rows, which may be of other phases too. */
  public QualityPicture(List<Map<String, Object>> rows) {
    this.rows =
        rows.stream()
            .filter(row -> PlantedPhase.NAME.equals(row.get("phase")))
            .filter(row -> CurveRows.ALL.equals(row.get("edit")) && row.get("precision") != null)
            .toList();
  }

  /** Writes the picture; without rows, or where nothing can be drawn, there is none. */
  public void write(Path file) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    System.setProperty("java.awt.headless", "true");
    try {
      Files.write(file, ChartEncoder.getBytes(chart(), "png"));
    } catch (LinkageError | InternalError | NullPointerException e) { // no fonts
      System.out.println("WARNING: the picture cannot be drawn: " + e);
    }
  }

  private XYChart chart() {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(560)
            .title("Planted near-duplicates, by radius from left to right")
            .xAxisTitle("recall")
            .yAxisTitle("precision")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisMax(1.0);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(1.0);
    Map<Object, Color> colours = new LinkedHashMap<>();
    for (Object bits : rows.stream().map(row -> row.get("bits")).distinct().toList()) {
      for (Object method : rows.stream().map(row -> row.get("method")).distinct().toList()) {
        colours.computeIfAbsent(method, m -> COLOURS.get(colours.size() % COLOURS.size()));
        add(chart, method, bits, colours.get(method));
      }
    }
    return chart;
  }

  private void add(XYChart chart, Object method, Object bits, Color colour) {
    List<Map<String, Object>> line =
        rows.stream()
            .filter(row -> row.get("method").equals(method) && row.get("bits").equals(bits))
            .toList();
    if (line.isEmpty()) {
      return;
    }
    XYSeries series =
        chart.addSeries(
            method + ", " + bits + " bits", column(line, "recall"), column(line, "precision"));
    series.setLineColor(colour);
    series.setMarkerColor(colour);
    series.setMarker(SeriesMarkers.CIRCLE);
    boolean wide = ((Number) bits).intValue() > 64;
    float[] dashes = {6, 6};
    series.setLineStyle(
        wide
            ? new BasicStroke(2)
            : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
  }

  private static List<Double> column(List<Map<String, Object>> line, String name) {
    return line.stream().map(row -> ((Number) row.get(name)).doubleValue()).toList();
  }
}
