// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.pictures;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** Lines over two axes, with the legend beside them, as a PNG. */
public final class LinePicture {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 560;
  private static final int LEGEND_POINTS = 13;
  private static final int LEGEND_LINE = 44; // shows a dash at least twice

  private record Line(String name, List<Double> x, List<Double> y, LineLook look) {}

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final Consumer<XYStyler> axes;
  private final List<Line> lines = new ArrayList<>();

  private LinePicture(String title, String xTitle, String yTitle, Consumer<XYStyler> axes) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
    this.axes = axes;
  }

  /** Without lines; both axes are logarithmic. */
  public static LinePicture logarithmic(String title, String xTitle, String yTitle) {
    return new LinePicture(title, xTitle, yTitle, LinePicture::logarithmic);
  }

  private static void logarithmic(XYStyler styler) {
    styler.setXAxisLogarithmic(true);
    styler.setYAxisLogarithmic(true);
    styler.setDecimalPattern("#,##0.####");
  }

  /** Without lines; both axes go from 0 to 1. */
  public static LinePicture ofShares(String title, String xTitle, String yTitle) {
    return new LinePicture(title, xTitle, yTitle, LinePicture::shares);
  }

  private static void shares(XYStyler styler) {
    styler.setXAxisMin(0.0);
    styler.setXAxisMax(1.0);
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(1.0);
  }

  /**
   * Adds a line.
   *
   * @param name in the legend; no other line has it
   * @param x of each point
   * @param y of each point
   */
  public void add(String name, List<Double> x, List<Double> y, LineLook look) {
    lines.add(new Line(name, x, y, look));
  }

  /** Writes the picture; without lines, or where nothing can be drawn, there is none. */
  public void write(Path file) throws IOException {
    if (lines.isEmpty()) {
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
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, LEGEND_POINTS));
    styler.setLegendSeriesLineLength(LEGEND_LINE);
    styler.setChartBackgroundColor(Color.WHITE);
    axes.accept(styler);
    lines.forEach(line -> add(chart, line));
    return chart;
  }

  private static void add(XYChart chart, Line line) {
    XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
    series.setLineColor(line.look().colour());
    series.setLineStyle(line.look().stroke());
    series.setMarkerColor(line.look().colour());
    series.setMarker(line.look().marker());
  }
}
