// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.page.Html;

/** The pictures of a report, drawn in the colours of the page around them, light or dark. */
final class ReportFigures {

  private static final int WIDTH = 340;
  private static final int HEIGHT = 170;
  private static final int MARGIN = 44;
  private static final int MAP = 600;
  private static final int BALANCE = 100;

  private final Html html;

  ReportFigures(Html html) {
    this.html = html;
  }

  /**
   * A curve over the epochs, with a ring at one of them.
   *
   * @param values one for each epoch
   * @param marked the number of an epoch, from 1; 0 for none
   */
  void curve(String title, double[] values, int marked) {
    double low = IntStream.range(0, values.length).mapToDouble(i -> values[i]).min().orElse(0);
    double high = IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElse(1);
    double span = high > low ? high - low : 1;
    html.markup("<figure><figcaption>").text(title).markup("</figcaption>");
    html.markup("<svg role=\"img\" viewBox=\"0 0 " + WIDTH + " " + (HEIGHT + 30) + "\"");
    html.markup(" class=\"curve\" aria-label=\"").text(title).markup("\">");
    label(MARGIN - 6, 14, "end", shortened(high));
    label(MARGIN - 6, HEIGHT + 4, "end", shortened(low));
    label(MARGIN, HEIGHT + 24, "start", "epoch 1");
    label(WIDTH - 8, HEIGHT + 24, "end", "" + values.length);
    StringBuilder path = new StringBuilder();
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      double x =
          MARGIN + (WIDTH - MARGIN - 10) * (values.length == 1 ? 0 : i / (values.length - 1.0));
      double y = 10 + (HEIGHT - 10) * (1 - (values[i] - low) / span);
      path.append(i == 0 ? 'M' : 'L').append(String.format(Locale.ROOT, "%.1f %.1f", x, y));
      points.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"%s><title>epoch %d: %s</title></circle>",
              x,
              y,
              i + 1 == marked ? "5" : "2.5",
              i + 1 == marked ? " class=\"marked\"" : "",
              i + 1,
              shortened(values[i])));
    }
    html.markup(
        String.format(
            Locale.ROOT, "<path class=\"axis\" d=\"M%d 6V%dH%d\"/>", MARGIN, HEIGHT, WIDTH));
    html.markup("<path class=\"line\" d=\"" + path + "\"/>" + points + "</svg></figure>\n");
  }

  private void label(int x, int y, String anchor, String text) {
    html.markup("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">");
    html.text(text).markup("</text>");
  }

  /** How often each bit is 1, as one bar for each. */
  void balance(List<Double> shares) {
    html.markup("<figure><svg role=\"img\" preserveAspectRatio=\"none\" class=\"bits\"");
    html.markup(" viewBox=\"0 0 " + shares.size() + " " + BALANCE + "\"");
    html.markup(" aria-label=\"Share of ones of each bit\">");
    for (int bit = 0; bit < shares.size(); bit++) {
      double height = BALANCE * shares.get(bit);
      html.markup(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"0.8\" height=\"%.1f\">"
                  + "<title>bit %d: %.1f %%</title></rect>",
              bit + 0.1,
              BALANCE - height,
              height,
              bit,
              100 * shares.get(bit)));
    }
    html.markup("<path class=\"half\" d=\"M0 50H" + shares.size() + "\"/></svg>");
    html.markup("<p class=\"axis\">bits 0 to " + (shares.size() - 1) + "</p></figure>\n");
  }

  /** Codes one below the other, a dark cell for each bit that is 1. */
  void codes(String title, List<BinaryCode> codes) {
    int bits = codes.getFirst().bits();
    StringBuilder path = new StringBuilder();
    for (int row = 0; row < codes.size(); row++) {
      for (int bit = 0; bit < bits; bit++) {
        int start = bit;
        while (bit < bits && codes.get(row).get(bit)) {
          bit++;
        }
        if (bit > start) {
          path.append(
              String.format(Locale.ROOT, "M%d %dh%dv1h-%dz", start, row, bit - start, bit - start));
        }
      }
    }
    html.markup("<figure><figcaption>").text(title).markup("</figcaption>");
    html.markup("<svg role=\"img\" class=\"codes\" preserveAspectRatio=\"none\" viewBox=\"0 0 ");
    html.markup(bits + " " + codes.size() + "\" aria-label=\"").text(title);
    html.markup("\"><path d=\"" + path + "\"/></svg></figure>\n");
  }

  /**
   * Points in the plane, each label in a colour of its own, its number where the middle of its
   * points is.
   *
   * @param places [points, 2]
   * @param colours for each point the number of its label, from 0, -1 for none of those named
   * @param names of the labels
   */
  void map(double[][] places, int[] colours, List<String> names) {
    double[][] fitted = fitted(places);
    Map<Integer, StringBuilder> paths = new TreeMap<>();
    for (int i = 0; i < fitted.length; i++) {
      paths
          .computeIfAbsent(colours[i], unused -> new StringBuilder())
          .append(String.format(Locale.ROOT, "M%.1f %.1fh0", fitted[i][0], fitted[i][1]));
    }
    html.markup("<figure><svg role=\"img\" class=\"map\" viewBox=\"0 0 " + MAP + " " + MAP + "\"");
    html.markup(" aria-label=\"Map of the codes\">");
    paths.forEach(
        (colour, path) ->
            html.markup("<path class=\"dots c" + (colour + 1) + "\" d=\"" + path + "\"/>"));
    for (int label = 0; label < names.size(); label++) {
      int colour = label;
      if (IntStream.of(colours).noneMatch(c -> c == colour)) {
        continue;
      }
      double[] middle = middle(fitted, colours, label);
      html.markup(
          String.format(
              Locale.ROOT,
              "<text class=\"number\" x=\"%.0f\" y=\"%.0f\">%d</text>",
              middle[0],
              middle[1],
              label + 1));
    }
    html.markup("</svg><ol class=\"legend\">");
    for (int label = 0; label < names.size(); label++) {
      html.markup("<li><svg viewBox=\"0 0 10 10\"><path class=\"dots c" + (label + 1));
      html.markup("\" d=\"M5 5h0\"/></svg>" + (label + 1) + " ").text(names.get(label));
      html.markup("</li>");
    }
    html.markup("</ol></figure>\n");
  }

  /** All points into the picture, both axes alike. */
  private static double[][] fitted(double[][] places) {
    double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
    for (double[] place : places) {
      for (int axis = 0; axis < 2; axis++) {
        low[axis] = Math.min(low[axis], place[axis]);
        high[axis] = Math.max(high[axis], place[axis]);
      }
    }
    double span = Math.max(1e-9, Math.max(high[0] - low[0], high[1] - low[1]));
    double[][] fitted = new double[places.length][2];
    for (int i = 0; i < places.length; i++) {
      for (int axis = 0; axis < 2; axis++) {
        double centred = (places[i][axis] - (low[axis] + high[axis]) / 2) / span;
        fitted[i][axis] = MAP / 2.0 + (MAP - 20) * centred;
      }
    }
    return fitted;
  }

  /** The median of each coordinate. */
  private static double[] middle(double[][] places, int[] colours, int colour) {
    double[] middle = new double[2];
    for (int axis = 0; axis < 2; axis++) {
      int coordinate = axis;
      double[] sorted =
          IntStream.range(0, places.length)
              .filter(i -> colours[i] == colour)
              .mapToDouble(i -> places[i][coordinate])
              .sorted()
              .toArray();
      middle[axis] = sorted[sorted.length / 2];
    }
    return middle;
  }

  private static String shortened(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value);
  }
}
