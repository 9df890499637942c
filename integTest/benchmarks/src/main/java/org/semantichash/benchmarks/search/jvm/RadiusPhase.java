// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Contestant;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.oracle.CodeSet;

/**
 * All codes within a radius of a stored code with three bits flipped, and the nearest to a fresh
 * one: with chunks that are looked up, beside the scan.
 */
public final class RadiusPhase {

  public static final String NAME = "radius";

  private static final int[] WIDTHS = {64, 128};
  private static final int LARGEST = 8;
  private static final int QUERIES = 20;
  private static final int K = 10;
  // More than lie within the largest radius; were there more, the nearest are compared.
  private static final int HITS = 1000;

  private final Scale scale;

  public RadiusPhase(Scale scale) {
    this.scale = scale;
  }

  /** One step for each index. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (int bits : WIDTHS) {
      for (CodeSet.Kind kind : CodeSet.Kind.values()) {
        String definition =
            "radius 0 to "
                + LARGEST
                + " and nearest "
                + K
                + ", "
                + new IndexDescription(scale.documents(), kind, bits).definition(scale.rounds());
        double seconds = 2 + scale.documents() / 1e6 * (30 + 0.03 * scale.rounds());
        steps.add(new BenchmarkStep(NAME, definition, seconds, () -> measure(kind, bits)));
      }
    }
    return steps;
  }

  private List<Map<String, Object>> measure(CodeSet.Kind kind, int bits) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    CodeSet codes = CodeSet.make(kind, bits, scale.documents(), scale.seed());
    try (Workbench bench = Workbench.open(scale.work(), codes, IndexShape.CHUNKS);
        Searcher searcher = new Searcher(bench.index().reader(), bits, 1)) {
      long[][] near = codes.nearStored(QUERIES);
      Oracle oracle = new Oracle(codes, near);
      for (int radius = 0; radius <= LARGEST; radius++) {
        rows.addAll(rows(bench, "radius", radius, within(bench, searcher, near, oracle, radius)));
      }
      rows.addAll(rows(bench, "k", K, nearest(bench, searcher, codes.queries(QUERIES))));
    }
    return rows;
  }

  private static List<Contestant> within(
      Workbench bench, Searcher searcher, long[][] words, Oracle oracle, int radius)
      throws IOException {
    Contestant.Truth truth = query -> oracle.nearest(query, HITS, radius);
    Query[] scan = bench.queries(words, radius, bench.columns());
    Query[] clusters = bench.queries(words, radius, bench.clustered());
    Query[] chunks = bench.chunkQueries(words, radius);
    return List.of(
        Contestant.exact(
            "semantic-hash", q -> searcher.nearest(scan[q], HITS, Integer.MAX_VALUE), truth),
        Contestant.exact(
            "semantic-hash-clusters",
            q -> searcher.nearest(clusters[q], HITS, Integer.MAX_VALUE),
            truth),
        Contestant.exact(
            "semantic-hash-multi-index",
            q -> searcher.nearest(chunks[q], HITS, Integer.MAX_VALUE),
            truth));
  }

  private static List<Contestant> nearest(Workbench bench, Searcher searcher, long[][] words)
      throws IOException {
    Oracle oracle = new Oracle(bench.codes(), words);
    Contestant.Truth truth = query -> oracle.nearest(query, K);
    Query[] scan = bench.nearest(Workbench.FIELD, words, K);
    Query[] clusters = bench.nearest(Workbench.FIELD, words, K, bench.clustered());
    Query[] chunks = bench.nearest(Workbench.FIELD.withChunks(), words, K);
    return List.of(
        Contestant.exact("semantic-hash-k", q -> searcher.nearest(scan[q], K, 1), truth),
        Contestant.exact(
            "semantic-hash-k-clusters", q -> searcher.nearest(clusters[q], K, 1), truth),
        Contestant.exact(
            "semantic-hash-k-multi-index", q -> searcher.nearest(chunks[q], K, 1), truth));
  }

  private List<Map<String, Object>> rows(
      Workbench bench, String key, int value, List<Contestant> contestants) throws IOException {
    List<Times> all = scale.rounds(bench.codes().size(), QUERIES).measure(contestants);
    return IndexDescription.rows(bench, all, Map.of(key, value), "p50_to_scan");
  }
}
