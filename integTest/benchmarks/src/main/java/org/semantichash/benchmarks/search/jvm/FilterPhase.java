// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Contestant;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.benchmarks.search.codes.DocumentShare;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.oracle.CodeSet;

/** What filters, deletions, segments and documents without a code cost, beside the plain scan. */
public final class FilterPhase {

  public static final String NAME = "filters";

  private static final int BITS = 128;
  private static final int K = 10;
  private static final int QUERIES = 20;

  private static final List<DocumentShare> FILTERS =
      List.of(
          new DocumentShare("filter 50 %", 5000),
          new DocumentShare("filter 10 %", 1000),
          new DocumentShare("filter 1 %", 100),
          new DocumentShare("filter 0.01 %", 1));
  private static final DocumentShare DELETED = new DocumentShare("30 % deleted", 3000);
  private static final DocumentShare MISSING = new DocumentShare("10 % without a code", 1000);

  private static final List<IndexShape> SHAPES =
      List.of(
          new IndexShape("filters", 1, FILTERS, null, null),
          new IndexShape("deletions", 1, List.of(DELETED), null, DELETED),
          new IndexShape("segments", 10, List.of(), null, null),
          new IndexShape("missing", 1, List.of(), MISSING, null));

  private final Scale scale;

  public FilterPhase(Scale scale) {
    this.scale = scale;
  }

  /** One step for each kind of codes. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (CodeSet.Kind kind : CodeSet.Kind.values()) {
      String definition =
          new IndexDescription(scale.documents(), kind, BITS).definition(scale.rounds());
      double seconds = 5 + scale.documents() / 1e6 * (30 + 0.03 * scale.rounds());
      steps.add(new BenchmarkStep(NAME, definition, seconds, () -> measure(kind)));
    }
    return steps;
  }

  private List<Map<String, Object>> measure(CodeSet.Kind kind) throws IOException {
    CodeSet codes = CodeSet.make(kind, BITS, scale.documents(), scale.seed());
    long[][] queries = codes.queries(QUERIES);
    List<Map<String, Object>> rows = new ArrayList<>();
    try (Workbench plain = Workbench.open(scale.work(), codes, IndexShape.PLAIN);
        Searcher plainSearcher = new Searcher(plain.index().reader(), BITS, 1)) {
      Contestant scan =
          contestant(
              "plain",
              plainSearcher,
              plain.queries(queries, BITS, plain.columns()),
              new Oracle(codes, queries));
      for (IndexShape shape : SHAPES) {
        try (Workbench bench = Workbench.open(scale.work(), codes, shape);
            Searcher searcher = new Searcher(bench.index().reader(), BITS, 1)) {
          List<Contestant> contestants = new ArrayList<>(List.of(scan));
          contestants.addAll(contestants(shape, bench, searcher, queries));
          rows.addAll(rows(codes, scale.rounds(codes.size(), QUERIES).measure(contestants)));
        }
      }
    }
    return rows;
  }

  private static List<Contestant> contestants(
      IndexShape shape, Workbench bench, Searcher searcher, long[][] words) {
    Query[] queries = bench.queries(words, BITS, bench.columns());
    if (shape.terms().equals(FILTERS) == false) {
      String name =
          shape.deleted() != null
              ? shape.deleted().name()
              : shape.missing() != null ? shape.missing().name() : shape.segments() + " segments";
      return List.of(
          contestant(name, searcher, queries, new Oracle(bench.codes(), words, shape.found())));
    }
    List<Contestant> contestants = new ArrayList<>();
    for (DocumentShare filter : FILTERS) {
      IntPredicate accepted = filter;
      contestants.add(
          contestant(
              filter.name(),
              searcher,
              Arrays.stream(queries).map(query -> and(query, filter)).toArray(Query[]::new),
              new Oracle(bench.codes(), words, accepted)));
    }
    return contestants;
  }

  private static Contestant contestant(
      String name, Searcher searcher, Query[] queries, Oracle oracle) {
    return Contestant.exact(
        name, q -> searcher.nearest(queries[q], K, 1), q -> oracle.nearest(q, K));
  }

  private static Query and(Query query, DocumentShare filter) {
    return new BooleanQuery.Builder()
        .add(query, BooleanClause.Occur.MUST)
        .add(new TermQuery(new Term(LuceneIndex.TERMS, filter.name())), BooleanClause.Occur.FILTER)
        .build();
  }

  private static List<Map<String, Object>> rows(CodeSet codes, List<Times> all) {
    double plain = all.get(0).millis(50);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Times times : all.subList(1, all.size())) {
      Map<String, Object> row = IndexDescription.of(codes).row("semantic-hash");
      row.put("case", times.name());
      row.put("k", K);
      row.putAll(times.values());
      row.put("plain_p50_ms", plain);
      row.put("p50_to_plain", times.millis(50) / plain);
      rows.add(row);
    }
    return rows;
  }
}
