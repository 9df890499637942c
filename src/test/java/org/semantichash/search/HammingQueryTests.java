// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import com.carrotsearch.randomizedtesting.generators.RandomPicks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.search.CheckHits;
import org.apache.lucene.tests.search.QueryUtils;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.util.BytesRef;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeDocValues;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnCache;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.MemoryAccount;

/** Lucene's own checks, and every result held against brute force. */
public class HammingQueryTests extends LuceneTestCase {

  /** With columns, without, or with columns in some segments only; by chunks now and then. */
  private static HammingQuery onSomePath(BinaryCode code, int maxDistance) {
    CodeField plain = CodeField.plain("code");
    return new HammingQuery(
        new HammingClause(
            random().nextBoolean() ? plain : plain.withChunks(),
            code,
            maxDistance,
            SomeColumns.random(random())),
        SearchTuning.MEASURED.with(
            random().nextBoolean()
                ? SearchTuning.Costs.MEASURED
                : new SearchTuning.Costs(1, 0, 25, random().nextInt(3))));
  }

  private static List<Integer> documents(TopDocs hits) {
    List<Integer> documents = new ArrayList<>();
    for (ScoreDoc hit : hits.scoreDocs) {
      documents.add(hit.doc);
    }
    return documents;
  }

  public void testEveryResultEqualsBruteForce() throws IOException {
    int rounds = atLeast(30);
    for (int round = 0; round < rounds; round++) {
      try (CodeIndex index = CodeIndex.random(random().nextInt(300), random().nextBoolean())) {
        for (int i = 0; i < 5; i++) {
          checkTopHits(index);
          checkRadius(index);
          checkCombined(index);
        }
      }
    }
  }

  private void checkTopHits(CodeIndex index) throws IOException {
    BinaryCode code = index.nextCode();
    int k = 1 + random().nextInt(20);
    // 1: stop counting at once, so that the collector raises the bar as early as it can.
    int threshold = random().nextBoolean() ? 1 : Integer.MAX_VALUE;
    TopDocs hits =
        index.searcher.search(
            onSomePath(code, code.bits()), new TopScoreDocCollectorManager(k, null, threshold));
    List<Integer> expected = index.bruteForce(code, index.bits);
    assertEquals(expected.subList(0, Math.min(k, expected.size())), documents(hits));
    for (ScoreDoc hit : hits.scoreDocs) {
      int distance = index.codes.get(hit.doc).distance(code);
      assertEquals(HammingSimilarity.score(index.bits, distance), hit.score, 0f);
    }
  }

  private void checkRadius(CodeIndex index) throws IOException {
    BinaryCode code = index.nextCode();
    int radius = random().nextInt(index.bits + 1);
    Query query = onSomePath(code, radius);
    Set<Integer> expected = new HashSet<>(index.bruteForce(code, radius));
    assertEquals(expected.size(), index.searcher.count(query));
    int size = Math.max(1, index.reader.maxDoc());
    TopDocs ranked = index.searcher.search(query, size);
    assertEquals(index.bruteForce(code, radius), documents(ranked));
    TopDocs unscored = index.searcher.search(query, size, Sort.INDEXORDER);
    assertEquals(expected, new HashSet<>(documents(unscored)));
  }

  private void checkCombined(CodeIndex index) throws IOException {
    BinaryCode code = index.nextCode();
    int radius = random().nextInt(index.bits + 1);
    Query hamming = onSomePath(code, radius);
    Query even = new TermQuery(new Term("parity", "even"));
    Query all = new PrefixQuery(new Term("parity", ""));
    IndexSearcher searcher = index.searcher;
    int within = index.bruteForce(code, radius).size();
    int evenWithin = searcher.count(and(hamming, BooleanClause.Occur.MUST, even));
    assertEquals(evenWithin, searcher.count(and(even, BooleanClause.Occur.FILTER, hamming)));
    int oddWithin = searcher.count(and(hamming, BooleanClause.Occur.MUST_NOT, even));
    assertEquals(within, evenWithin + oddWithin);
    int outside = searcher.count(and(all, BooleanClause.Occur.MUST_NOT, hamming));
    assertEquals(index.reader.numDocs(), outside + within);
  }

  private static Query and(Query first, BooleanClause.Occur occur, Query second) {
    return new BooleanQuery.Builder()
        .add(first, BooleanClause.Occur.MUST)
        .add(second, occur)
        .build();
  }

  public void testLucenesOwnChecks() throws IOException {
    // Without deletions: QueryUtils expects an iterator to stop at live documents only.
    try (CodeIndex index = CodeIndex.random(200, false)) {
      BinaryCode code = index.nextCode();
      for (int radius : new int[] {0, index.bits / 4, index.bits / 2, index.bits}) {
        Query query = onSomePath(code, radius);
        QueryUtils.check(random(), query, index.searcher);
        CheckHits.checkExplanations(query, "code", index.searcher, true);
        CheckHits.checkTopScores(random(), query, index.searcher);
        Query boosted = new BoostQuery(query, 0.1f + random().nextFloat() * 5);
        QueryUtils.check(random(), boosted, index.searcher);
        CheckHits.checkExplanations(boosted, "code", index.searcher, true);
        CheckHits.checkTopScores(
            random(), and(boosted, BooleanClause.Occur.SHOULD, query), index.searcher);
      }
    }
  }

  public void testQueriesAreEqualByValue() {
    BinaryCode code = RandomCodes.uniform(random(), 64);
    Query query = new HammingQuery("code", code, 5);
    QueryUtils.check(query);
    QueryUtils.checkEqual(query, new HammingQuery("code", BinaryCode.fromHex("" + code, 64), 5));
    QueryUtils.checkEqual(new HammingQuery("code", code), new HammingQuery("code", code, 64));
    QueryUtils.checkUnequal(query, new HammingQuery("code", code, 6));
    QueryUtils.checkUnequal(query, new HammingQuery("other", code, 5));
    QueryUtils.checkUnequal(
        query, new HammingQuery("code", RandomCodes.near(random(), code, 1), 5));
    QueryUtils.checkUnequal(
        new HammingQuery("code", BinaryCode.fromHex("a0", 4), 4),
        new HammingQuery("code", BinaryCode.fromHex("a0", 8), 4));
    assertEquals(
        "HammingQuery(field=code, code=a0, bits=4, max_distance=1)",
        new HammingQuery("code", BinaryCode.fromHex("a0", 4), 1).toString());
  }

  public void testTheVisitorLearnsTheField() {
    Query query = new HammingQuery("code", RandomCodes.uniform(random(), 64));
    List<Query> leaves = new ArrayList<>();
    for (String accepted : List.of("code", "other")) {
      query.visit(
          new QueryVisitor() {
            @Override
            public boolean acceptField(String field) {
              return field.equals(accepted);
            }

            @Override
            public void visitLeaf(Query leaf) {
              leaves.add(leaf);
            }
          });
    }
    assertEquals(List.of(query), leaves);
  }

  public void testExplanationsSayWhyADocumentDoesNotMatch() throws IOException {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      writer.addDocument(new Document());
      Document document = new Document();
      document.add(CodeDocValues.field("code", BinaryCode.fromHex("0f", 8)));
      writer.addDocument(document);
      writer.forceMerge(1);
      try (DirectoryReader reader = writer.getReader()) {
        IndexSearcher searcher = newSearcher(reader);
        Query query = new HammingQuery("code", BinaryCode.fromHex("00", 8), 3);
        Explanation without = searcher.explain(query, 0);
        assertFalse(without.isMatch());
        assertEquals("the document has no code in field [code]", without.getDescription());
        Explanation beyond = searcher.explain(query, 1);
        assertFalse(beyond.isMatch());
        assertEquals("the distance is larger than max_distance [3]", beyond.getDescription());
        assertEquals(4, beyond.getDetails()[0].getValue().intValue());
        Explanation match = searcher.explain(new HammingQuery("code", query(query), 4), 1);
        assertEquals(0.5f, match.getValue().floatValue(), 0f);
        assertEquals(
            "distance, bits that differ from [00]; a search reads this segment by [doc_values]",
            match.getDetails()[0].getDescription());
        Query scanned = new HammingQuery(CodeField.plain("code"), query(query), 4, SomeColumns.ALL);
        assertEquals(
            "distance, bits that differ from [00]; a search reads this segment by [column_scan]",
            searcher.explain(scanned, 1).getDetails()[0].getDescription());
      }
    }
  }

  private static BinaryCode query(Query query) {
    return ((HammingQuery) query).code();
  }

  public void testOtherWidthsAndDistancesAreRefused() throws IOException {
    BinaryCode code = RandomCodes.uniform(random(), 16);
    for (int distance : new int[] {-1, 17}) {
      IllegalArgumentException e =
          expectThrows(
              IllegalArgumentException.class, () -> new HammingQuery("code", code, distance));
      assertEquals(
          "[max_distance] must be between [0] and [16], the bits of the code, got ["
              + distance
              + "]",
          e.getMessage());
    }
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      Document document = new Document();
      document.add(CodeDocValues.field("code", BinaryCode.fromHex("0f", 8)));
      writer.addDocument(document);
      try (DirectoryReader reader = writer.getReader()) {
        IndexSearcher searcher = newSearcher(reader, true, true, false);
        IllegalArgumentException e =
            expectThrows(
                IllegalArgumentException.class,
                () -> searcher.search(new HammingQuery("code", code), 1));
        assertEquals(
            "codes of [2] bytes can only be compared with codes of the same width, got a stored"
                + " code of [1] bytes",
            e.getMessage());
      }
    }
  }

  /** A field that holds anything: what is no code of the width does not match. */
  public void testCountedValuesThatAreNoCodesArePassedOver() throws IOException {
    int bits = 8 * RandomPicks.randomFrom(random(), new Integer[] {1, 8, 16, 200});
    CodeField field = new CodeField("any", CodeField.StoredForm.COUNTED);
    List<BinaryCode> codes = new ArrayList<>();
    try (Directory directory = newDirectory();
        RandomIndexWriter writer =
            new RandomIndexWriter(
                random(), directory, newIndexWriterConfig().setMergePolicy(newLogMergePolicy()))) {
      int documents = 1 + random().nextInt(100);
      for (int i = 0; i < documents; i++) {
        BinaryCode code = RandomCodes.uniform(random(), bits);
        boolean odd = random().nextInt(5) == 0;
        codes.add(odd ? null : code);
        Document document = new Document();
        document.add(
            new BinaryDocValuesField("any", odd ? oddValue(code) : Counted.values(code.toBytes())));
        writer.addDocument(document);
      }
      writer.forceMerge(1); // of neighbours: document numbers are in the order of the codes
      try (DirectoryReader reader = writer.getReader()) {
        IndexSearcher searcher = newSearcher(reader);
        BinaryCode query = RandomCodes.uniform(random(), bits);
        for (int radius : new int[] {0, bits / 2, bits}) {
          List<Integer> expected =
              IntStream.range(0, documents)
                  .filter(i -> codes.get(i) != null && codes.get(i).distance(query) <= radius)
                  .boxed()
                  .toList();
          for (ColumnSource columns : List.of(ColumnSource.NONE, SomeColumns.ALL)) {
            Query hamming = new HammingQuery(field, query, radius, columns);
            assertEquals(expected.size(), searcher.count(hamming));
            TopDocs unscored = searcher.search(hamming, documents, Sort.INDEXORDER);
            assertEquals(expected, documents(unscored));
            TopDocs ranked = searcher.search(hamming, documents);
            assertEquals(new HashSet<>(expected), new HashSet<>(documents(ranked)));
            CheckHits.checkExplanations(hamming, "any", searcher, true);
          }
        }
      }
    }
  }

  /** None, two, or one of another width. */
  private static BytesRef oddValue(BinaryCode code) {
    byte[] bytes = code.toBytes();
    return switch (random().nextInt(4)) {
      case 0 -> Counted.values();
      case 1 -> Counted.values(bytes, bytes);
      case 2 -> Counted.values(Arrays.copyOf(bytes, bytes.length - 1));
      default -> Counted.values(Arrays.copyOf(bytes, bytes.length + 1));
    };
  }

  /** Whether there is memory for columns changes how a segment is searched, not what is found. */
  public void testRefusedMemoryChangesNoResult() throws IOException {
    try (CodeIndex index = CodeIndex.random(200, true);
        ColumnCache granted = new ColumnCache(MemoryAccount.UNLIMITED);
        ColumnCache refused = new ColumnCache(new NoMemory())) {
      BinaryCode code = index.nextCode();
      CodeField field = CodeField.plain("code");
      IndexSearcher searcher = new IndexSearcher(index.reader); // its segments have keys
      for (int radius : new int[] {0, index.bits / 2, index.bits}) {
        for (ColumnCache cache : List.of(granted, refused)) {
          Query query = new HammingQuery(field, code, radius, cache);
          TopDocs hits = searcher.search(query, index.reader.maxDoc());
          assertEquals(index.bruteForce(code, radius), documents(hits));
        }
      }
      assertTrue(granted.statistics().builds() > 0);
      assertEquals(0, refused.statistics().builds());
      assertTrue(refused.statistics().refusals() > 0);
    }
  }

  /** A query is a key of caches; the profile shows a search's ways as a child of its query. */
  public void testASearchChangesNothingOfItsQuery() throws IOException {
    try (CodeIndex index = CodeIndex.random(50, true)) {
      HammingQuery query = onSomePath(index.nextCode(), index.bits / 2);
      String before = query.toString();
      int hash = query.hashCode();
      List<Query> weighed = new ArrayList<>();
      IndexSearcher profiling =
          new IndexSearcher(index.reader) {
            @Override
            public Weight createWeight(Query weighs, ScoreMode mode, float boost)
                throws IOException {
              weighed.add(weighs);
              return super.createWeight(weighs, mode, boost);
            }
          };
      profiling.search(query, 10);
      assertEquals(before, query.toString());
      assertEquals(hash, query.hashCode());
      assertEquals(2, weighed.size());
      assertSame(query, weighed.get(0));
      String ways = weighed.get(1).toString();
      assertTrue(ways, ways.matches("segments=\\{\\w+=\\d+(, \\w+=\\d+)*}"));
    }
  }

  private static final class NoMemory implements MemoryAccount {
    @Override
    public boolean reserve(long bytes) {
      return false;
    }

    @Override
    public void release(long bytes) {
      throw new AssertionError("gave back [" + bytes + "] bytes that were never granted");
    }
  }

  public void testIdenticalCodesAreAllFound() throws IOException {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      BinaryCode code = RandomCodes.uniform(random(), 128);
      int copies = 1062;
      for (int i = 0; i < copies; i++) {
        Document document = new Document();
        document.add(CodeDocValues.field("code", code));
        writer.addDocument(document);
      }
      try (DirectoryReader reader = writer.getReader()) {
        assertEquals(copies, newSearcher(reader).count(new HammingQuery("code", code, 0)));
      }
    }
  }

  /** Elasticsearch cancels a search, or ends it in time, between two ranges of documents. */
  public void testASearchCanBeStoppedBetweenRanges() throws IOException {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      BinaryCode code = RandomCodes.uniform(random(), 64);
      for (int i = 0; i < 2000; i++) {
        Document document = new Document();
        document.add(CodeDocValues.field("code", RandomCodes.near(random(), code, 10)));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      try (DirectoryReader reader = writer.getReader()) {
        for (ScoreMode mode : List.of(ScoreMode.TOP_SCORES, ScoreMode.COMPLETE)) {
          int[] questions = {0};
          IndexSearcher searcher = new IndexSearcher(reader);
          searcher.setTimeout(() -> ++questions[0] > 3);
          int threshold = mode == ScoreMode.COMPLETE ? Integer.MAX_VALUE : 1;
          TopDocs hits =
              searcher.search(
                  new HammingQuery("code", code),
                  new TopScoreDocCollectorManager(2000, null, threshold));
          assertTrue(mode.toString(), searcher.timedOut());
          assertTrue(mode.toString(), hits.scoreDocs.length < 2000);
        }
      }
    }
  }
}
