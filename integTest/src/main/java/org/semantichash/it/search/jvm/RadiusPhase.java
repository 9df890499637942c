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
package org.semantichash.it.search.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.semantichash.it.search.codes.CodeKind;
import org.semantichash.it.search.codes.Oracle;
import org.semantichash.it.search.measure.Contestant;
import org.semantichash.it.search.measure.Scale;
import org.semantichash.it.search.measure.Step;
import org.semantichash.it.search.measure.Times;

/** All codes within a radius of a stored code with three bits flipped. */
public final class RadiusPhase {

  /** Its name. */
  public static final String NAME = "radius";

  private static final int[] WIDTHS = {64, 128};
  private static final int LARGEST = 8;
  private static final int QUERIES = 20;
  // More than lie within the largest radius; were there more, the nearest are compared.
  private static final int HITS = 1000;

  private final Scale scale;

  /** At a scale. */
  public RadiusPhase(Scale scale) {
    this.scale = scale;
  }

  /** One step for each index. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int bits : WIDTHS) {
      for (CodeKind kind : CodeKind.values()) {
        String definition =
            "radius 0 to "
                + LARGEST
                + ", "
                + scale.documents()
                + " "
                + kind
                + " codes of "
                + bits
                + " bits, "
                + scale.rounds()
                + " rounds";
        double seconds = 2 + scale.documents() / 1e6 * (5 + 0.03 * scale.rounds());
        steps.add(new Step(NAME, definition, seconds, () -> measure(kind, bits)));
      }
    }
    return steps;
  }

  private List<Map<String, Object>> measure(CodeKind kind, int bits) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (Workbench bench =
            Workbench.open(scale.work(), kind, bits, scale.documents(), scale.seed());
        Searcher searcher = new Searcher(bench.index().reader(), bits, 1)) {
      long[][] queries = bench.codes().nearStored(QUERIES);
      Oracle oracle = new Oracle(bench.codes(), queries);
      for (int radius = 0; radius <= LARGEST; radius++) {
        List<Contestant> contestants = contestants(bench, searcher, queries, oracle, radius);
        for (Times times : scale.rounds(bench.codes().size(), QUERIES).measure(contestants)) {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("contestant", times.name());
          row.put("documents", bench.codes().size());
          row.put("bits", bits);
          row.put("codes", kind.toString());
          row.put("radius", radius);
          row.putAll(times.values());
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /**
   * The ways to search within a radius. Another one, such as multi-index hashing, is one more line
   * here; what its index needs besides goes into {bench.codes().size()link LuceneIndex}.
   */
  private static List<Contestant> contestants(
      Workbench bench, Searcher searcher, long[][] words, Oracle oracle, int radius) {
    Contestant.Truth truth = query -> oracle.nearest(query, HITS, radius);
    Query[] scan = bench.queries(words, radius, bench.columns());
    return List.of(
        Contestant.exact(
            "semantic-hash", q -> searcher.nearest(scan[q], HITS, Integer.MAX_VALUE), truth));
  }
}
