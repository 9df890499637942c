// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.semantichash.trainer.calibration.Palette;

/**
 * How a line is drawn. Items differ by colour and marker, groups by the dash; no two of {@value
 * #ITEMS} items in {@value #GROUPS} groups look the same.
 *
 * @param item what the line shows, from 0
 * @param group under which circumstances, from 0; lines of the first are not dashed
 */
public record LineLook(int item, int group) {

  /** How many items can be told apart. */
  public static final int ITEMS = 49;

  /** How many groups can be told apart. */
  public static final int GROUPS = 4;

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS,
          SeriesMarkers.PLUS);

  private static final List<float[]> DASHES =
      List.of(
          new float[] {1, 0}, new float[] {7, 5}, new float[] {2, 4}, new float[] {10, 4, 2, 4});

  /** Checks that the line can be told from the others. */
  public LineLook {
    check("item", item, ITEMS);
    check("group", group, GROUPS);
  }

  private static void check(String name, int value, int count) {
    if (value < 0 || value >= count) {
      throw new IllegalArgumentException(
          "[" + name + "] must be from [0] to [" + (count - 1) + "], got [" + value + "]");
    }
  }

  Color colour() {
    return Palette.COLOURS.get(item % Palette.COLOURS.size());
  }

  /** Another with the same colour in every round. */
  Marker marker() {
    return MARKERS.get((item + item / Palette.COLOURS.size()) % MARKERS.size());
  }

  BasicStroke stroke() {
    return new BasicStroke(
        2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES.get(group), 0);
  }
}
