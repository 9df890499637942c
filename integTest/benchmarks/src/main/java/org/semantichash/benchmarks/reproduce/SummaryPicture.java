// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;
import org.semantichash.benchmarks.reproduce.SharedTable.MethodMeans;
import org.semantichash.trainer.calibration.Palette;

/** The mean precision of each method as bars, a panel a table, a colour an experiment. */
final class SummaryPicture {

  static final String NAME = "summary.png";

  private static final int WIDTH = 1000;
  private static final int PANEL_HEIGHT = 420;

  private final List<Experiment> experiments;
  private final List<SharedTable> tables;

  SummaryPicture(List<Experiment> experiments, List<SharedTable> tables) {
    this.experiments = experiments;
    this.tables = tables.stream().filter(table -> bars(table).isEmpty() == false).toList();
  }

  /** Whether there is anything to draw. */
  static boolean hasBars(List<SharedTable> tables) {
    return tables.stream().anyMatch(table -> bars(table).isEmpty() == false);
  }

  /** The methods that are complete in an experiment. */
  private static List<MethodMeans> bars(SharedTable table) {
    return table.methods().stream()
        .filter(m -> m.byExperiment().values().stream().anyMatch(e -> e.mean().isPresent()))
        .toList();
  }

  void write(Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    BufferedImage image =
        new BufferedImage(WIDTH, PANEL_HEIGHT * tables.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      for (SharedTable table : tables) {
        chart(table).paint(graphics, WIDTH, PANEL_HEIGHT);
        graphics.translate(0, PANEL_HEIGHT);
      }
    } finally {
      graphics.dispose();
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private CategoryChart chart(SharedTable table) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(PANEL_HEIGHT)
            .title(table.title())
            .yAxisTitle("mean precision")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisDecimalPattern("0.00");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisLabelRotation(45);
    chart.getStyler().setXAxisTickMarkSpacingHint(1); // else labels are left out
    chart.getStyler().setSeriesColors(Palette.COLOURS.toArray(Color[]::new));
    for (Experiment experiment : experiments) {
      add(chart, table, experiment.title(), m -> m.byExperiment().get(experiment.name()).mean());
    }
    add(chart, table, "all", MethodMeans::mean);
    return chart;
  }

  private static void add(
      CategoryChart chart,
      SharedTable table,
      String series,
      Function<MethodMeans, OptionalDouble> mean) {
    List<String> labels = new ArrayList<>();
    List<Double> heights = new ArrayList<>();
    for (MethodMeans method : bars(table)) {
      OptionalDouble height = mean.apply(method);
      labels.add(method.label());
      heights.add(height.isPresent() ? height.getAsDouble() : null);
    }
    if (heights.stream().anyMatch(height -> height != null)) {
      chart.addSeries(series, labels, heights);
    }
  }
}
