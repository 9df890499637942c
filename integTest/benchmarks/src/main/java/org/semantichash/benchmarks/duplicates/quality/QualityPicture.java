// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.pictures.LineLook;
import org.semantichash.benchmarks.pictures.LinePicture;

/** Precision against recall of the planted near-duplicates: a line a data set, width and method. */
public final class QualityPicture {

  /** Lines of one dash. */
  private record Group(Object data, Object bits) {}

  private QualityPicture() {}

  /** Of these rows, which may be of other phases too. */
  public static LinePicture of(List<Map<String, Object>> rows) {
    LinePicture picture =
        LinePicture.ofShares(
            "Planted near-duplicates; a point for each radius, 0 leftmost", "recall", "precision");
    List<Map<String, Object>> shown = rows.stream().filter(QualityPicture::belongs).toList();
    List<Object> methods = shown.stream().map(row -> row.get("method")).distinct().toList();
    List<Group> groups = shown.stream().map(QualityPicture::group).distinct().toList();
    boolean sameData = groups.stream().map(Group::data).distinct().count() == 1;
    for (Group group : groups) {
      String end = ", " + group.bits() + " bits" + (sameData ? "" : ", " + group.data());
      for (Object method : methods) {
        List<Map<String, Object>> line =
            shown.stream()
                .filter(row -> group(row).equals(group) && row.get("method").equals(method))
                .toList();
        if (line.isEmpty() == false) {
          LineLook look = new LineLook(methods.indexOf(method), groups.indexOf(group));
          picture.add(method + end, column(line, "recall"), column(line, "precision"), look);
        }
      }
    }
    return picture;
  }

  /** A radius within which there is no pair has no precision. */
  private static boolean belongs(Map<String, Object> row) {
    return PlantedPhase.NAME.equals(row.get("phase"))
        && CurveRows.ALL.equals(row.get("edit"))
        && row.get("precision") != null;
  }

  private static Group group(Map<String, Object> row) {
    return new Group(row.get("data"), row.get("bits"));
  }

  private static List<Double> column(List<Map<String, Object>> line, String name) {
    return line.stream().map(row -> ((Number) row.get(name)).doubleValue()).toList();
  }
}
