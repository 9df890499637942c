// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.report;

import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.results.LineLook;
import org.semantichash.benchmarks.results.LinePicture;

/** The latency against the number of documents: 128 bits, clustered, top-10, one thread. */
public final class GrowthPicture {

  private GrowthPicture() {}

  /** Of these rows, which may be of other phases too. */
  public static LinePicture of(List<Map<String, Object>> rows) {
    LinePicture picture =
        LinePicture.logarithmic(
            "Exact top-10 by Hamming distance, 128 bits, one thread", "documents", "median, ms");
    List<Map<String, Object>> shown = rows.stream().filter(GrowthPicture::belongs).toList();
    List<Object> contestants = shown.stream().map(row -> row.get("contestant")).distinct().toList();
    for (Object contestant : contestants) {
      List<Map<String, Object>> line =
          shown.stream().filter(row -> row.get("contestant").equals(contestant)).toList();
      picture.add(
          contestant.toString(),
          line.stream().map(row -> number(row, "documents")).toList(),
          line.stream().map(row -> number(row, "p50_ms")).toList(),
          new LineLook(contestants.indexOf(contestant), isFloor(contestant) ? 1 : 0));
    }
    return picture;
  }

  private static boolean belongs(Map<String, Object> row) {
    return "jvm".equals(row.get("phase"))
        && "clustered".equals(row.get("codes"))
        && number(row, "bits") == 128
        && number(row, "k") == 10
        && number(row, "threads") == 1;
  }

  /** What it would cost at least, or does elsewhere: nothing of this project. */
  private static boolean isFloor(Object contestant) {
    return contestant.toString().startsWith("semantic-hash") == false;
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
  }
}
