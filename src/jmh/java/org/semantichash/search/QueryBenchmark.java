// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.BitSet;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.CodeScan;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.SyntheticCodes;

/**
 * The nearest k through Lucene's own collector, on every path, alone and beside a filter.
 *
 * <p>{@code mvn -q -Pjmh -pl src test -Djmh.args="QueryBenchmark -p oneIn=1 -p documents=10000000"}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueryBenchmark {

  /** How the codes are read. */
  public enum Path {
    DOC_VALUES,
    SCALAR,
    FASTEST,
    ALWAYS_SCAN,
    ALWAYS_LOOK_UP
  }

  @Param({"DOC_VALUES", "SCALAR", "FASTEST"})
  Path path;

  @Param({"64", "128", "256"})
  int bits;

  @Param SyntheticCodes.Kind kind;

  @Param("1000000")
  int documents;

  @Param({"10", "100"})
  int k;

  /** The filter keeps one document in so many; 1 is no filter. */
  @Param({"1", "2", "10", "20", "100", "1000"})
  int oneIn;

  private BenchmarkIndex index;
  private Query query;

  /** Writes the index, and checks that the query finds the distances that brute force finds. */
  @Setup
  public void setup() throws IOException {
    index = new BenchmarkIndex(kind, bits, documents);
    query = filtered(hamming());
    ScoreDoc[] hits = search().scoreDocs;
    int[] expected = bruteForce();
    if (hits.length != expected.length) {
      throw new AssertionError("[" + hits.length + "] hits instead of [" + expected.length + "]");
    }
    for (int i = 0; i < expected.length; i++) {
      int distance = HammingSimilarity.distance(bits, hits[i].score);
      if (distance != expected[i]) {
        throw new AssertionError("hit [" + i + "] is at [" + distance + "], not " + expected[i]);
      }
    }
  }

  @TearDown
  public void tearDown() throws IOException {
    index.close();
  }

  @Benchmark
  public TopDocs search() throws IOException {
    return index.searcher.search(query, k);
  }

  private Query hamming() {
    ColumnSource columns = path == Path.DOC_VALUES ? ColumnSource.NONE : index;
    SearchTuning best = SearchTuning.MEASURED;
    SearchTuning tuning =
        switch (path) {
          case DOC_VALUES, FASTEST -> best;
          case SCALAR -> best.with(new CodeScan.Scalar(), best.lookupShare());
          case ALWAYS_SCAN -> best.with(best.scan(), 0);
          case ALWAYS_LOOK_UP -> best.with(best.scan(), Double.POSITIVE_INFINITY);
        };
    return new HammingQuery(
        new HammingClause(CodeField.plain("code"), index.code, bits, columns), tuning);
  }

  private Query filtered(Query hamming) {
    return oneIn == 1
        ? hamming
        : new BooleanQuery.Builder()
            .add(hamming, Occur.MUST)
            .add(new TermQuery(term()), Occur.FILTER)
            .build();
  }

  private Term term() {
    return new Term("share", Integer.toString(oneIn));
  }

  /** The distances of the nearest k that the filter keeps, ascending. */
  private int[] bruteForce() throws IOException {
    long[] words = org.semantichash.search.columns.WordColumns.words(index.code);
    BitSet kept = kept();
    PriorityQueue<Integer> nearest = new PriorityQueue<>(java.util.Comparator.reverseOrder());
    for (int doc = kept.nextSetBit(0); doc >= 0; doc = kept.nextSetBit(doc + 1)) {
      nearest.add(index.columns.distance(words, doc));
      if (nearest.size() > k) {
        nearest.poll();
      }
    }
    return nearest.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private BitSet kept() throws IOException {
    BitSet kept = new BitSet(documents);
    if (oneIn == 1) {
      kept.set(0, documents);
      return kept;
    }
    LeafReader segment = index.searcher.getIndexReader().leaves().get(0).reader();
    PostingsEnum postings = segment.postings(term());
    while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
      kept.set(postings.docID());
    }
    return kept;
  }
}
