// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.it.oracle.CodeSet;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.WordColumns;

/** Bytes of a document, stored, in columns and in clusters, and the time to build them. */
public final class MemoryPhase {

  public static final String NAME = "memory";

  private static final int[] WIDTHS = {64, 128, 256};
  private static final int BUILDS = 7;

  private final Scale scale;

  public MemoryPhase(Scale scale) {
    this.scale = scale;
  }

  /** One step for each width. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (int bits : WIDTHS) {
      String definition = scale.httpDocuments() + " codes of " + bits + " bits";
      double seconds = 1 + scale.httpDocuments() / 1e6 * 4;
      steps.add(new BenchmarkStep(NAME, definition, seconds, () -> measure(bits)));
    }
    return steps;
  }

  private List<Map<String, Object>> measure(int bits) throws IOException {
    int documents = scale.httpDocuments();
    try (Workbench bench =
        Workbench.open(scale.work(), CodeSet.Kind.CLUSTERED, bits, documents, scale.seed())) {
      LeafReader segment = bench.index().reader().leaves().get(0).reader();
      double[] nanos = new double[BUILDS];
      double[] clusterNanos = new double[BUILDS];
      long columnBytes = bench.columns().only().ramBytesUsed();
      WordColumns columns = bench.columns().only();
      for (int build = 0; build < BUILDS; build++) {
        long start = System.nanoTime();
        columns = WordColumns.Builder.build(segment, Workbench.FIELD, bits);
        nanos[build] = (System.nanoTime() - start) / (double) documents;
        start = System.nanoTime();
        columns.findClusters(ColumnSource.NO_TIMEOUT);
        clusterNanos[build] = (System.nanoTime() - start) / (double) documents;
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("contestant", "semantic-hash");
      row.put("documents", documents);
      row.put("bits", bits);
      row.put("bytes_per_document", bench.index().bytes() / (double) documents);
      row.put("column_bytes_per_document", columnBytes / (double) documents);
      row.put("column_build_ns_per_document", Times.median(nanos));
      long clusterBytes = columns.ramBytesUsed() - columnBytes;
      row.put("cluster_bytes_per_document", clusterBytes / (double) documents);
      row.put("cluster_build_ns_per_document", Times.median(clusterNanos));
      row.put("index_seconds", bench.index().seconds());
      return List.of(row);
    }
  }
}
