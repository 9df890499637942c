// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeDocValues;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnCache;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.MemoryAccount;

/** A segment whose codes are clustered, as the product does it, held against brute force. */
public class ClusterSearchTests extends LuceneTestCase {

  private static final CodeField FIELD = CodeField.plain("code");
  private static final int DOCUMENTS = 30_000;

  private final Random random = new Random(random().nextLong());
  private final int bits = random.nextBoolean() ? 64 : 128;
  private final BinaryCode[] centres = new BinaryCode[300];
  private final BinaryCode[] codes = new BinaryCode[DOCUMENTS]; // null: none, or deleted
  private final ColumnCache columns = new ColumnCache(MemoryAccount.UNLIMITED);

  private Directory directory;
  private DirectoryReader reader;
  private PathSearcher searcher;

  @Override
  public void setUp() throws Exception {
    super.setUp();
    Arrays.setAll(centres, i -> RandomCodes.uniform(random, bits));
    directory = newDirectory();
    try (IndexWriter writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig()
                .setMergePolicy(NoMergePolicy.INSTANCE)
                .setRAMBufferSizeMB(256))) {
      boolean complete = random.nextBoolean();
      for (int i = 0; i < DOCUMENTS; i++) {
        writer.addDocument(document(i, complete == false && random.nextInt(20) == 0));
      }
      writer.commit();
      for (int i = random.nextInt(2) * DOCUMENTS; i < DOCUMENTS; i += 1 + random.nextInt(40)) {
        writer.deleteDocuments(new Term("id", Integer.toString(i)));
        codes[i] = null;
      }
    }
    reader = DirectoryReader.open(directory);
    searcher = new PathSearcher(reader);
    assertNotNull(
        columns
            .columns(getOnlyLeafReader(reader), FIELD, bits, ColumnSource.NO_TIMEOUT)
            .clusters());
  }

  @Override
  public void tearDown() throws Exception {
    columns.close();
    reader.close();
    directory.close();
    super.tearDown();
  }

  private Document document(int id, boolean withoutCode) {
    Document document = new Document();
    document.add(new StringField("id", Integer.toString(id), Field.Store.NO));
    document.add(new StringField("share", Integer.toString(id % 3), Field.Store.NO));
    if (withoutCode == false) {
      codes[id] = nextCode();
      document.add(CodeDocValues.field("code", codes[id]));
    }
    return document;
  }

  private BinaryCode nextCode() {
    BinaryCode centre = centres[random.nextInt(centres.length)];
    return RandomCodes.near(random, centre, random.nextInt(1 + bits / 10));
  }

  private List<Integer> bruteForce(BinaryCode query, int maxDistance, int share) {
    return IntStream.range(0, DOCUMENTS)
        .filter(id -> codes[id] != null && (share < 0 || id % 3 == share))
        .filter(id -> codes[id].distance(query) <= maxDistance)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(id -> codes[id].distance(query))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private List<Integer> found(Query query, int size, int counted) throws IOException {
    List<Integer> documents = new ArrayList<>();
    var hits = searcher.search(query, new TopScoreDocCollectorManager(size, null, counted));
    for (ScoreDoc hit : hits.scoreDocs) {
      documents.add(hit.doc);
    }
    return documents;
  }

  private static List<Integer> first(List<Integer> documents, int k) {
    return documents.subList(0, Math.min(k, documents.size()));
  }

  private Query nearest(BinaryCode code, int k, Query filter, int radius) {
    return new NearestHammingQuery(
        FIELD, code, k, filter, radius, columns, IndexSearcher::getTimeout);
  }

  public void testTheNearest() throws IOException {
    for (int round = 0; round < 10; round++) {
      BinaryCode code = round == 0 ? RandomCodes.uniform(random, bits) : nextCode();
      int share = random.nextInt(3);
      Query filter = new TermQuery(new Term("share", Integer.toString(share)));
      for (int k : new int[] {1, 10, 80, 150, 5000, 2 * DOCUMENTS}) {
        int radius = random.nextBoolean() ? bits : random.nextInt(bits);
        assertEquals(
            first(bruteForce(code, radius, -1), k),
            found(nearest(code, k, null, radius), DOCUMENTS, 1));
        assertEquals(
            first(bruteForce(code, radius, share), k),
            found(nearest(code, k, filter, radius), DOCUMENTS, 1));
      }
    }
  }

  public void testWithinARadius() throws IOException {
    for (int radius = 0; radius <= bits; radius += 1 + random.nextInt(1 + radius / 4)) {
      BinaryCode code = nextCode();
      int share = random.nextInt(3);
      HammingQuery query = new HammingQuery(FIELD, code, radius, columns);
      List<Integer> expected = bruteForce(code, radius, -1);
      assertEquals(expected, found(query, DOCUMENTS, Integer.MAX_VALUE));
      assertEquals(expected.size(), searcher.count(query));
      Query filtered =
          new BooleanQuery.Builder()
              .add(query, Occur.MUST)
              .add(new TermQuery(new Term("share", Integer.toString(share))), Occur.FILTER)
              .build();
      expected = bruteForce(code, radius, share);
      assertEquals(expected, found(filtered, DOCUMENTS, Integer.MAX_VALUE));
    }
  }

  /** The collector's bound comes late and falls. */
  public void testAllDocumentsMatch() throws IOException {
    for (int round = 0; round < 10; round++) {
      BinaryCode code = nextCode();
      HammingQuery query = new HammingQuery(FIELD, code, bits, columns);
      List<Integer> expected = bruteForce(code, bits, -1);
      for (int size : new int[] {1, 10, 200}) {
        for (int counted : new int[] {1, 1000, 10_000}) {
          assertEquals(first(expected, size), found(query, size, counted));
        }
      }
    }
  }

  public void testTheProfileSaysClusters() throws IOException {
    BinaryCode code = RandomCodes.near(random, centres[0], 1);
    searcher.takePaths();
    found(nearest(code, 10, null, bits), 10, 1);
    assertEquals(Set.of(SearchPath.CLUSTERS), searcher.takePaths());
    found(new HammingQuery(FIELD, code, 3, columns), 10, 1);
    assertEquals(Set.of(SearchPath.CLUSTERS), searcher.takePaths());
    // Too many of the codes may be among so many nearest.
    found(nearest(code, DOCUMENTS / 2, null, bits), 10, 1);
    assertEquals(Set.of(SearchPath.COLUMN_SCAN), searcher.takePaths());
  }
}
