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
package org.semantichash.it.search.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.semantichash.it.search.measure.Recording;

/** The latency against the number of documents: 128 bits, clustered, top-10, one thread. */
public final class GrowthPicture {

  /** Okabe and Ito's colours, which also the colour-blind tell apart. */
  private static final Color[] COLOURS = {
    new Color(0x999999),
    new Color(0x0072b2),
    new Color(0x56b4e9),
    new Color(0xd55e00),
    new Color(0x009e73)
  };

  private final List<Map<String, Object>> rows;

  /** Of these rows. */
  public GrowthPicture(Recording recording) {
    this.rows = recording.rows().stream().filter(GrowthPicture::belongs).toList();
  }

  private static boolean belongs(Map<String, Object> row) {
    return "jvm".equals(row.get("phase"))
        && "clustered".equals(row.get("codes"))
        && number(row, "bits") == 128
        && number(row, "k") == 10
        && number(row, "threads") == 1;
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
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
            .height(520)
            .title("Exact top-10 by Hamming distance, 128 bits, one thread")
            .xAxisTitle("documents")
            .yAxisTitle("median, ms")
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setSeriesColors(COLOURS);
    for (Object contestant : rows.stream().map(row -> row.get("contestant")).distinct().toList()) {
      List<Map<String, Object>> line =
          rows.stream().filter(row -> row.get("contestant").equals(contestant)).toList();
      chart
          .addSeries(
              contestant.toString(),
              line.stream().mapToDouble(row -> number(row, "documents")).toArray(),
              line.stream().mapToDouble(row -> number(row, "p50_ms")).toArray())
          .setMarker(SeriesMarkers.CIRCLE);
    }
    return chart;
  }
}
