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
package org.semantichash.it.duplicates;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.semantichash.it.results.LineLook;
import org.semantichash.it.results.LinePicture;

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
