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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.semantichash.it.search.codes.CodeKind;
import org.semantichash.it.search.measure.Scale;
import org.semantichash.it.search.measure.Step;
import org.semantichash.search.columns.ColumnBuilder;
import org.semantichash.search.columns.WordColumns;

/** Bytes of a document, stored and in columns, and the time to build them. */
public final class MemoryPhase {

  /** Its name. */
  public static final String NAME = "memory";

  private static final int[] WIDTHS = {64, 128, 256};
  private static final int BUILDS = 7;

  private final Scale scale;

  /** At a scale. */
  public MemoryPhase(Scale scale) {
    this.scale = scale;
  }

  /** One step for each width. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int bits : WIDTHS) {
      String definition = scale.httpDocuments() + " codes of " + bits + " bits";
      double seconds = 1 + scale.httpDocuments() / 1e6 * 4;
      steps.add(new Step(NAME, definition, seconds, () -> measure(bits)));
    }
    return steps;
  }

  private List<Map<String, Object>> measure(int bits) throws IOException {
    int documents = scale.httpDocuments();
    try (Workbench bench =
        Workbench.open(scale.work(), CodeKind.CLUSTERED, bits, documents, scale.seed())) {
      LeafReader segment = bench.index().reader().leaves().get(0).reader();
      double[] nanos = new double[BUILDS];
      WordColumns columns = bench.columns().only();
      for (int build = 0; build < BUILDS; build++) {
        long start = System.nanoTime();
        columns = ColumnBuilder.build(segment, Workbench.FIELD, bits);
        nanos[build] = (System.nanoTime() - start) / (double) documents;
      }
      Arrays.sort(nanos);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("contestant", "semantic-hash");
      row.put("documents", documents);
      row.put("bits", bits);
      row.put("bytes_per_document", bench.index().bytes() / (double) documents);
      row.put("column_bytes_per_document", columns.ramBytesUsed() / (double) documents);
      row.put("column_build_ns_per_document", nanos[BUILDS / 2]);
      row.put("index_seconds", bench.index().seconds());
      return List.of(row);
    }
  }
}
