// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.semantichash.benchmarks.reproduce.Experiment.TableSpec;
import org.semantichash.benchmarks.reproduce.Plan.Reference;
import org.semantichash.benchmarks.reproduce.TableLine.Score;
import org.semantichash.trainer.calibration.Palette;

/**
 * Precision against the columns of a table, one line per method, the references as straight lines.
 * Columns have equal distances: widths that double lie on a logarithmic axis.
 */
final class TablePicture {

  private final TableSpec table;
  private final List<TableLine> lines;
  private final List<Row> references;

  TablePicture(TableSpec table, List<TableLine> lines, List<Row> rows) {
    this.table = table;
    this.lines = lines;
    this.references =
        rows.stream()
            .filter(row -> row.key().table().equals(table.name()))
            .filter(row -> Reference.of(row.key()).isPresent())
            .toList();
  }

  static String name(Experiment experiment, TableSpec table) {
    return experiment.name() + "-" + table.name() + ".png";
  }

  void write(Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(900)
            .height(520)
            .title(table.title())
            .xAxisTitle(table.vary() == null ? "bits" : table.vary().option())
            .yAxisTitle("precision of the nearest 100")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisDecimalPattern("0.00");
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
    chart.getStyler().setOverlapped(true); // else the lines' points stand side by side, as bars do
    addLines(chart);
    addReferences(chart);
    Files.write(file, ChartEncoder.getBytes(chart, "png"));
  }

  private void addLines(CategoryChart chart) {
    for (int i = 0; i < lines.size(); i++) {
      Map<String, Score> scores = lines.get(i).scores();
      List<Double> y = new ArrayList<>();
      for (String column : table.columns()) {
        y.add(scores.containsKey(column) ? scores.get(column).mean() : null);
      }
      CategorySeries series = chart.addSeries(lines.get(i).run().label(), table.columns(), y);
      series.setLineColor(Palette.COLOURS.get(i % Palette.COLOURS.size()));
      series.setMarkerColor(Palette.COLOURS.get(i % Palette.COLOURS.size()));
      boolean again = i >= Palette.COLOURS.size();
      series.setMarker(again ? SeriesMarkers.DIAMOND : SeriesMarkers.CIRCLE);
      series.setLineStyle(again ? dashes(8) : new BasicStroke(2));
    }
  }

  private void addReferences(CategoryChart chart) {
    for (Row row : references) {
      double precision = row.precision().at100();
      CategorySeries series =
          chart.addSeries(
              row.key().label(),
              table.columns(),
              Collections.nCopies(table.columns().size(), precision));
      series.setLineColor(Color.GRAY);
      series.setMarker(SeriesMarkers.NONE);
      series.setLineStyle(dashes(row.key().method().equals("chance") ? 2 : 5));
    }
  }

  private static BasicStroke dashes(float length) {
    return new BasicStroke(
        2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {length, length}, 0);
  }
}
