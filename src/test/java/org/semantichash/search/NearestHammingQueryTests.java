// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import com.carrotsearch.randomizedtesting.generators.RandomPicks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.search.CheckHits;
import org.apache.lucene.tests.search.QueryUtils;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.util.NamedThreadFactory;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.ChunkTerms;
import org.semantichash.index.CodeDocValues;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.WordColumns;

/** The nearest codes, held against brute force. */
public class NearestHammingQueryTests extends LuceneTestCase {

  private static final CodeField PLAIN = CodeField.plain("code");

  /** With and without columns and chunks, with cheap and dear look-ups, cut into small ranges. */
  private static NearestHammingQuery onSomePath(BinaryCode code, int k, int maxDistance) {
    return new NearestHammingQuery(
        new HammingClause(
            random().nextBoolean() ? PLAIN : PLAIN.withChunks(),
            code,
            maxDistance,
            SomeColumns.random(random()),
            IndexSearcher::getTimeout),
        k,
        null,
        new SearchTuning.Costs(
            1 + random().nextInt(3), random().nextInt(2), 25, random().nextInt(3)),
        1 + random().nextInt(100));
  }

  private static List<Integer> documents(TopDocs hits) {
    List<Integer> documents = new ArrayList<>();
    for (ScoreDoc hit : hits.scoreDocs) {
      documents.add(hit.doc);
    }
    return documents;
  }

  public void testEveryResultEqualsBruteForce() throws IOException {
    int rounds = atLeast(20);
    for (int round = 0; round < rounds; round++) {
      try (CodeIndex index = CodeIndex.random(random().nextInt(300), random().nextBoolean())) {
        for (int k : new int[] {1, 10, 100, 1000}) {
          BinaryCode near = index.nextCode();
          check(index, near, k, index.bits);
          check(index, RandomCodes.uniform(random(), index.bits), k, index.bits);
          check(index, near, k, random().nextInt(index.bits + 1));
        }
      }
    }
  }

  private static void check(CodeIndex index, BinaryCode code, int k, int maxDistance)
      throws IOException {
    Query query = onSomePath(code, k, maxDistance);
    List<Integer> expected = index.bruteForce(code, maxDistance);
    expected = expected.subList(0, Math.min(k, expected.size()));
    TopDocs hits = index.searcher.search(query, Math.max(1, index.reader.maxDoc()));
    assertEquals(query.toString(), expected, documents(hits));
    for (ScoreDoc hit : hits.scoreDocs) {
      int distance = index.codes.get(hit.doc).distance(code);
      assertEquals(HammingSimilarity.score(index.bits, distance), hit.score, 0f);
    }
    assertEquals(expected.size(), index.searcher.count(query));
  }

  /** Codes at few distances, so that which document is kept depends on ties only. */
  public void testThreadsFindTheSameTies() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4, new NamedThreadFactory("search"));
    try (CodeIndex index = new CodeIndex(4, 2000, true)) {
      IndexSearcher searcher = new IndexSearcher(index.reader, threads);
      for (int round = 0; round < 50; round++) {
        BinaryCode code = RandomCodes.uniform(random(), 4);
        int k = 1 + random().nextInt(500);
        TopDocs hits = searcher.search(onSomePath(code, k, 4), 2000);
        List<Integer> expected = index.bruteForce(code, 4);
        assertEquals(expected.subList(0, Math.min(k, expected.size())), documents(hits));
      }
    } finally {
      threads.shutdown();
    }
  }

  public void testLucenesOwnChecks() throws IOException {
    // One segment: QueryUtils expects to find the same documents in each of them alone.
    int bits = RandomPicks.randomFrom(random(), CodeIndex.WIDTHS);
    try (CodeIndex index = new CodeIndex(bits, 200, false, 1)) {
      BinaryCode code = index.nextCode();
      for (int k : new int[] {1, 30, 1000}) {
        Query query = onSomePath(code, k, index.bits);
        RewrittenQueryChecks.check(random(), query, index.searcher);
        CheckHits.checkExplanations(query, "code", index.searcher, true);
        Query boosted = new BoostQuery(query, 0.1f + random().nextFloat() * 5);
        RewrittenQueryChecks.check(random(), boosted, index.searcher);
        CheckHits.checkExplanations(boosted, "code", index.searcher, true);
        Query both =
            new BooleanQuery.Builder()
                .add(boosted, BooleanClause.Occur.SHOULD)
                .add(query, BooleanClause.Occur.SHOULD)
                .build();
        CheckHits.checkTopScores(random(), both, index.searcher);
      }
    }
  }

  public void testQueriesAreEqualByValue() {
    BinaryCode code = RandomCodes.uniform(random(), 64);
    Query query = query(PLAIN, code, 5, 9);
    QueryUtils.check(query);
    QueryUtils.checkEqual(query, query(PLAIN, BinaryCode.fromHex("" + code, 64), 5, 9));
    QueryUtils.checkUnequal(query, query(PLAIN, code, 6, 9));
    QueryUtils.checkUnequal(query, query(PLAIN, code, 5, 8));
    QueryUtils.checkUnequal(query, query(CodeField.plain("other"), code, 5, 9));
    QueryUtils.checkUnequal(query, query(PLAIN, RandomCodes.near(random(), code, 1), 5, 9));
    assertEquals(
        "NearestHammingQuery(field=code, code=a0, bits=4, k=3, max_distance=1)",
        query(PLAIN, BinaryCode.fromHex("a0", 4), 3, 1).toString());
  }

  private static NearestHammingQuery query(
      CodeField field, BinaryCode code, int k, int maxDistance) {
    return new NearestHammingQuery(field, code, k, maxDistance, ColumnSource.NONE);
  }

  public void testNumbersOutOfRangeAreRefused() {
    BinaryCode code = RandomCodes.uniform(random(), 16);
    IllegalArgumentException k =
        expectThrows(IllegalArgumentException.class, () -> query(PLAIN, code, 0, 16));
    assertEquals("[k] must be at least [1], got [0]", k.getMessage());
    IllegalArgumentException distance =
        expectThrows(IllegalArgumentException.class, () -> query(PLAIN, code, 1, 17));
    assertEquals(
        "[max_distance] must be between [0] and [16], the bits of the code, got [17]",
        distance.getMessage());
  }

  public void testWhatAnotherReaderFoundIsRefused() throws IOException {
    try (CodeIndex index = new CodeIndex(64, 50, false);
        CodeIndex other = new CodeIndex(64, 50, false)) {
      Query found = new IndexSearcher(index.reader).rewrite(onSomePath(index.nextCode(), 3, 64));
      IllegalStateException e =
          expectThrows(
              IllegalStateException.class, () -> new IndexSearcher(other.reader).search(found, 1));
      assertTrue(e.getMessage(), e.getMessage().endsWith("were found with another reader"));
    }
  }

  public void testNothingIsFoundInAnEmptyIndex() throws IOException {
    try (CodeIndex index = new CodeIndex(64, 0, false)) {
      Query query = onSomePath(RandomCodes.uniform(random(), 64), 3, 64);
      assertTrue(new IndexSearcher(index.reader).rewrite(query) instanceof MatchNoDocsQuery);
    }
  }

  /** Twenty codes in a cluster among uniform ones. */
  public void testChunksFindClustersAndGiveUpOnUniformCodes() throws IOException {
    BinaryCode centre = RandomCodes.uniform(random(), 128);
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      for (int i = 0; i < 1000; i++) {
        BinaryCode code =
            i % 50 == 0
                ? RandomCodes.near(random(), centre, 6)
                : RandomCodes.uniform(random(), 128);
        Document document = new Document();
        document.add(CodeDocValues.field("code", code));
        ChunkTerms.fields("code", code).forEach(document::add);
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      try (DirectoryReader reader = writer.getReader()) {
        assertTaken(SearchPath.CHUNKS, reader, centre, 20, 20);
        assertTaken(SearchPath.DOC_VALUES, reader, centre, 20, 1);
        assertTaken(SearchPath.DOC_VALUES, reader, centre, 21, 20);
        BinaryCode elsewhere = RandomCodes.uniform(random(), 128);
        assertTaken(SearchPath.DOC_VALUES, reader, elsewhere, 1, 20);
      }
    }
  }

  private static void assertTaken(
      SearchPath path, DirectoryReader reader, BinaryCode code, int k, int docValueCost)
      throws IOException {
    SearchTuning.Costs costs = new SearchTuning.Costs(10, 10, docValueCost, 0);
    CodeField field = PLAIN.withChunks();
    Query query =
        new NearestHammingQuery(
            new HammingClause(field, code, 128, ColumnSource.NONE), k, null, costs, 1_000_000);
    PathSearcher searcher = new PathSearcher(reader);
    Query found = searcher.rewrite(query);
    assertEquals(query.toString(), found.toString());
    searcher.createWeight(found, ScoreMode.COMPLETE, 1);
    assertEquals(Set.of(path), searcher.takePaths());
  }

  /** The nearest among the documents of a filter, not those of the nearest that it leaves. */
  public void testTheNearestOfAFilter() throws IOException {
    for (int round = 0; round < 20; round++) {
      try (CodeIndex index = CodeIndex.random(300, true)) {
        BinaryCode code = index.nextCode();
        String parity = random().nextBoolean() ? "odd" : "even";
        Query filter = new TermQuery(new Term("parity", parity));
        Set<Integer> matching = new HashSet<>();
        for (ScoreDoc hit : index.searcher.search(filter, index.reader.maxDoc()).scoreDocs) {
          matching.add(hit.doc);
        }
        int k = 1 + random().nextInt(50);
        int radius = random().nextBoolean() ? index.bits : random().nextInt(index.bits + 1);
        List<Integer> expected =
            index.bruteForce(code, radius).stream().filter(matching::contains).limit(k).toList();
        Query query =
            new NearestHammingQuery(
                new HammingClause(
                    random().nextBoolean() ? PLAIN : PLAIN.withChunks(),
                    code,
                    radius,
                    SomeColumns.random(random())),
                k,
                filter,
                new SearchTuning.Costs(
                    1 + random().nextInt(3), random().nextInt(2), 25, random().nextInt(3)),
                1 + random().nextInt(100));
        assertEquals(expected, documents(index.searcher.search(query, index.reader.maxDoc())));
        Query none =
            new NearestHammingQuery(
                PLAIN,
                code,
                k,
                new TermQuery(new Term("parity", "neither")),
                radius,
                ColumnSource.NONE,
                IndexSearcher::getTimeout);
        assertEquals(0, index.searcher.count(none));
        assertNotEquals(query, none);
        assertTrue(query.toString(), query.toString().contains("filter=parity:" + parity));
      }
    }
  }

  public void testALookUpEndsInTime() throws IOException {
    try (CodeIndex index = new CodeIndex(128, 100, false, 1)) {
      BinaryCode code = index.codes.firstEntry().getValue();
      SearchTuning.Costs free = new SearchTuning.Costs(0, 0, 25, 0);
      int[] questions = {0};
      Query query =
          new NearestHammingQuery(
              new HammingClause(
                  PLAIN.withChunks(),
                  code,
                  128,
                  ColumnSource.NONE,
                  searcher -> () -> ++questions[0] > 5),
              1000,
              null,
              free,
              1_000_000);
      PathSearcher searcher = new PathSearcher(index.reader);
      searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE, 1);
      assertEquals(Set.of(SearchPath.CHUNKS), searcher.takePaths());
      assertEquals(6, questions[0]);
    }
  }

  /** A filter that goes on and on: a search for all of its documents would fail. */
  public void testAFilterEndsInTime() throws IOException {
    try (CodeIndex index = new CodeIndex(64, 20, false, 1)) {
      BinaryCode code = index.codes.firstEntry().getValue();
      int[] questions = {0};
      NearestHammingQuery query =
          new NearestHammingQuery(
              PLAIN,
              code,
              1,
              new EndlessFilter(),
              64,
              ColumnSource.NONE,
              searcher -> () -> ++questions[0] > 3);
      assertTrue(new IndexSearcher(index.reader).rewrite(query) instanceof MatchNoDocsQuery);
      assertEquals(4, questions[0]);
    }
  }

  /** Finds document 0 forever, as a filter does that has very many documents. */
  private static final class EndlessFilter extends Query {

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
      return new SegmentWeight(this) {
        @Override
        public ScorerSupplier scorerSupplier(LeafReaderContext context) {
          DocIdSetIterator endless =
              new DocIdSetIterator() {
                private int found;

                @Override
                public int docID() {
                  return found == 0 ? -1 : 0;
                }

                @Override
                public int nextDoc() {
                  if (++found > 1_000_000) {
                    throw new AssertionError("nobody looks at the clock");
                  }
                  return 0;
                }

                @Override
                public int advance(int target) {
                  throw new AssertionError("it is read one by one");
                }

                @Override
                public long cost() {
                  return 1_000_000;
                }
              };
          return new DefaultScorerSupplier(
              constantScorer(boost, ScoreMode.COMPLETE_NO_SCORES, endless));
        }

        @Override
        public Explanation explain(LeafReaderContext context, int doc) {
          return Explanation.match(boost, "every document matches");
        }

        @Override
        public boolean isCacheable(LeafReaderContext context) {
          return false;
        }
      };
    }

    @Override
    public void visit(QueryVisitor visitor) {}

    @Override
    public String toString(String field) {
      return "endless";
    }

    @Override
    public boolean equals(Object other) {
      return sameClassAs(other);
    }

    @Override
    public int hashCode() {
      return classHash();
    }
  }

  /** Columns that are larger than the segment: a scan to their end would fail. */
  public void testASearchEndsInTime() throws IOException {
    try (CodeIndex index = new CodeIndex(64, 20, false, 1)) {
      WordColumns large = new WordColumns(64, new long[1][500_000], 1_000_000, null);
      ColumnSource columns =
          new ColumnSource() {
            @Override
            public WordColumns columns(
                LeafReader segment, CodeField field, int bits, QueryTimeout timeout) {
              return large;
            }

            @Override
            public WordColumns columnsIfBuilt(LeafReader segment, CodeField field, int bits) {
              return large;
            }
          };
      // All codes of the columns are zero: none is near, and the scan goes on.
      BinaryCode ones = BinaryCode.fromHex("ffffffffffffffff", 64);
      NearestHammingQuery query = new NearestHammingQuery(PLAIN, ones, 1, 63, columns);
      IndexSearcher searcher = new IndexSearcher(index.reader);
      int[] questions = {0};
      searcher.setTimeout(() -> ++questions[0] > 3);
      assertTrue(searcher.rewrite(query) instanceof MatchNoDocsQuery);
      assertEquals(4, questions[0]);
      searcher.setTimeout(null);
      expectThrows(IndexOutOfBoundsException.class, () -> searcher.rewrite(query));
    }
  }
}
