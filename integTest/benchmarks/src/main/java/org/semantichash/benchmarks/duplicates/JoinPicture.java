// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.semantichash.benchmarks.results.LineLook;
import org.semantichash.benchmarks.results.LinePicture;

/** The seconds against the number of documents, both logarithmic. */
public final class JoinPicture {

  private JoinPicture() {}

  /** Of these rows, which may be of other phases too. */
  public static LinePicture of(List<Map<String, Object>> rows) {
    LinePicture picture =
        LinePicture.logarithmic(
            "All pairs within Hamming distance 3, and their groups, 64 bits",
            "documents",
            "seconds");
    List<Growth.Line> lines = Growth.of(rows).lines();
    for (int i = 0; i < lines.size(); i++) {
      Growth.Line line = lines.get(i);
      String name = String.format(Locale.ROOT, "%s, exponent %.2f", line.kind(), line.exponent());
      picture.add(name, line.documents(), line.seconds(), new LineLook(i, 0));
    }
    return picture;
  }
}
