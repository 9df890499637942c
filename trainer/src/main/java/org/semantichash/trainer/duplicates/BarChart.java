// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.semantichash.trainer.page.Html;

/**
 * Counts as bars, drawn in the colours of the page around them, light or dark.
 *
 * @param title what is counted
 * @param axis what the keys are
 * @param counts by key; every key gets a bar of its own
 * @param logarithmic whether heights are logarithms of the counts plus 1
 */
record BarChart(
    String title, String axis, NavigableMap<Integer, Long> counts, boolean logarithmic) {

  private static final int HEIGHT = 180;
  private static final int LEFT = 10;
  private static final int TOP = 34;
  private static final int LABEL_WIDTH = 44;

  /** Whether small counts can hardly be seen beside the largest: it is more than 50 times them. */
  static boolean needsLogarithms(NavigableMap<Integer, Long> counts) {
    long largest = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return counts.values().stream().anyMatch(count -> count > 0 && count < largest / 50.0);
  }

  void draw(Html html) {
    int width = LEFT * 2 + LABEL_WIDTH * Math.max(4, counts.size());
    html.markup("<figure><figcaption>").text(title).markup("</figcaption>");
    html.markup("<svg role=\"img\" viewBox=\"0 0 " + width + " " + (HEIGHT + TOP + 24) + "\"");
    html.markup(" style=\"max-width:" + width + "px\" aria-label=\"").text(title).markup("\">");
    int x = LEFT;
    for (Map.Entry<Integer, Long> bar : counts.entrySet()) {
      drawBar(html, x, bar.getKey(), bar.getValue());
      x += LABEL_WIDTH;
    }
    html.markup("</svg><p class=\"axis\">").text(axis).markup("</p></figure>\n");
  }

  private void drawBar(Html html, int x, int key, long count) {
    double height = HEIGHT * share(count);
    int middle = x + LABEL_WIDTH / 2;
    html.markup(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"><title>%d: %d</title></rect>"
                + "<text class=\"middle\" x=\"%d\" y=\"%.1f\">%s</text>"
                + "<text class=\"middle\" x=\"%d\" y=\"%d\">%d</text>",
            x + 5,
            TOP + HEIGHT - height,
            LABEL_WIDTH - 10,
            height,
            key,
            count,
            middle,
            TOP + HEIGHT - height - 4,
            shortened(count),
            middle,
            TOP + HEIGHT + 16,
            key));
  }

  private double share(long count) {
    long largest = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    if (largest == 0) {
      return 0;
    }
    return logarithmic
        ? StrictMath.log(1.0 + count) / StrictMath.log(1.0 + largest)
        : (double) count / largest;
  }

  /** Distances put together so that few bars show them all: of so many a bar, from its key on. */
  static NavigableMap<Integer, Long> inSteps(NavigableMap<Integer, Long> distances, int step) {
    NavigableMap<Integer, Long> steps = new TreeMap<>();
    distances.forEach((distance, pairs) -> steps.merge(distance / step * step, pairs, Long::sum));
    return steps;
  }

  private static String shortened(long count) {
    if (count < 10_000) {
      return "" + count;
    }
    return count < 10_000_000 ? count / 1000 + "k" : count / 1_000_000 + "M";
  }

  /** Sizes of groups put together so that few bars show them all. */
  static final class SizeClasses {

    private static final int SINGLE = 8;

    private SizeClasses() {}

    /** Sizes below 8 by themselves, from there on from one power of two to below the next. */
    static NavigableMap<Integer, Long> of(NavigableMap<Integer, Long> sizes) {
      NavigableMap<Integer, Long> classes = new TreeMap<>();
      sizes.forEach(
          (size, groups) ->
              classes.merge(size < SINGLE ? size : Integer.highestOneBit(size), groups, Long::sum));
      return classes;
    }
  }
}
