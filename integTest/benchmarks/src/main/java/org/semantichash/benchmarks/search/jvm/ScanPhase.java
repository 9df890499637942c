// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Contestant;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.oracle.CodeSet;
import org.semantichash.search.columns.ColumnSource;

/** Top-k by width, kind, number of documents and threads, beside what reading the codes costs. */
public final class ScanPhase {

  public static final String NAME = "jvm";

  private static final int[] WIDTHS = {64, 128, 256};
  private static final int QUERIES = 20;
  private static final int COUNT_ONE = 1;
  private static final int COUNT_DEFAULT = 1000; // IndexSearcher's

  private final Scale scale;

  public ScanPhase(Scale scale) {
    this.scale = scale;
  }

  /** One step for each index. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (int bits : WIDTHS) {
      for (CodeSet.Kind kind : CodeSet.Kind.values()) {
        for (int documents : scale.growth(scale.documents())) {
          String definition =
              new IndexDescription(documents, kind, bits).definition(scale.rounds());
          double seconds = 2 + documents / 1e6 * (5 + bits / 128.0 * 0.1 * scale.rounds());
          steps.add(
              new BenchmarkStep(NAME, definition, seconds, () -> measure(kind, bits, documents)));
        }
      }
    }
    return steps;
  }

  private List<Map<String, Object>> measure(CodeSet.Kind kind, int bits, int documents)
      throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (Workbench bench = Workbench.open(scale.work(), kind, bits, documents, scale.seed());
        NativeScan scan = NativeScan.start(scale, bench.codes())) {
      long[][] queries = bench.codes().queries(QUERIES);
      Oracle oracle = new Oracle(bench.codes(), queries);
      for (int threads : new int[] {1, 2}) {
        for (int k : new int[] {10, 100}) {
          rows.addAll(measure(bench, scan, queries, oracle, threads, k));
        }
      }
    }
    return rows;
  }

  private List<Map<String, Object>> measure(
      Workbench bench, NativeScan scan, long[][] queries, Oracle oracle, int threads, int k)
      throws IOException {
    Contestant.Truth truth = query -> oracle.nearest(query, k);
    Query[] columns = bench.queries(queries, bench.codes().bits(), bench.columns());
    Query[] values = bench.queries(queries, bench.codes().bits(), ColumnSource.NONE);
    Query[] nearest = bench.nearest(Workbench.FIELD, queries, k);
    Query[] clusters = bench.queries(queries, bench.codes().bits(), bench.clustered());
    Query[] nearestClusters = bench.nearest(Workbench.FIELD, queries, k, bench.clustered());
    Bandwidth bandwidth = new Bandwidth(bench.columns().only(), threads);
    try (Searcher searcher = new Searcher(bench.index().reader(), bench.codes().bits(), threads)) {
      List<Contestant> contestants = new ArrayList<>();
      contestants.add(Contestant.floor("memory-bandwidth", query -> bandwidth.read()));
      contestants.add(
          Contestant.exact(
              "semantic-hash", q -> searcher.nearest(columns[q], k, COUNT_ONE), truth));
      contestants.add(
          Contestant.exact(
              "semantic-hash-k", q -> searcher.nearest(nearest[q], k, COUNT_ONE), truth));
      contestants.add(
          Contestant.exact(
              "semantic-hash-clusters", q -> searcher.nearest(clusters[q], k, COUNT_ONE), truth));
      contestants.add(
          Contestant.exact(
              "semantic-hash-k-clusters",
              q -> searcher.nearest(nearestClusters[q], k, COUNT_ONE),
              truth));
      contestants.add(
          Contestant.exact(
              "semantic-hash-counting-1000",
              q -> searcher.nearest(columns[q], k, COUNT_DEFAULT),
              truth));
      contestants.add(
          Contestant.exact(
              "semantic-hash-doc-values", q -> searcher.nearest(values[q], k, COUNT_ONE), truth));
      if (scan.isThere()) {
        contestants.add(
            Contestant.exact("native-popcount", q -> scan.nearest(queries[q], k, threads), truth));
      }
      Map<String, Object> parameters = new LinkedHashMap<>();
      parameters.put("threads", threads);
      parameters.put("k", k);
      List<Times> all = scale.rounds(bench.codes().size(), QUERIES).measure(contestants);
      return IndexDescription.rows(bench, all, parameters, "p50_to_bandwidth");
    }
  }
}
