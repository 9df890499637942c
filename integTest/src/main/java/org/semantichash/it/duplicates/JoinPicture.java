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
package org.semantichash.it.duplicates;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The seconds against the number of documents, both logarithmic. */
final class JoinPicture {

  /** Of Okabe and Ito's colours, which also the colour-blind tell apart. */
  private static final Color[] COLOURS = {new Color(0x0072b2), new Color(0xd55e00)};

  private final Growth growth;

  JoinPicture(Growth growth) {
    this.growth = growth;
  }

  /** Writes the picture; without rows, or where nothing can be drawn, there is none. */
  void write(Path file) throws IOException {
    if (growth.lines().isEmpty()) {
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
            .height(520)
            .title("All pairs within Hamming distance 3, and their groups, 64 bits")
            .xAxisTitle("documents")
            .yAxisTitle("seconds")
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setSeriesColors(COLOURS);
    for (Growth.Line line : growth.lines()) {
      String name = String.format(Locale.ROOT, "%s, exponent %.2f", line.kind(), line.exponent());
      chart.addSeries(name, line.documents(), line.seconds()).setMarker(SeriesMarkers.CIRCLE);
    }
    return chart;
  }
}
