// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.ChunkTerms;
import org.semantichash.index.CodeDocValues;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;

/** Search by chunk terms, held against brute force; and when it is chosen. */
public class ChunkSearchTests extends LuceneTestCase {

  private static final CodeField FIELD = CodeField.plain("code").withChunks();
  private static final SearchTuning.Costs FREE = new SearchTuning.Costs(0, 0, 25, 0);
  private static final SearchTuning.Costs DEAR =
      new SearchTuning.Costs(Long.MAX_VALUE / 8, 0, 25, 0);

  public void testChunksCoverTheCodeAndAreAllButEquallyWide() {
    for (int bits = BinaryCode.MIN_BITS; bits <= BinaryCode.MAX_BITS; bits++) {
      ChunkTerms terms = new ChunkTerms(bits);
      byte[] code = RandomCodes.uniform(random(), bits).toBytes();
      int position = 0;
      Set<Object> distinct = new HashSet<>();
      for (int chunk = 0; chunk < terms.count(); chunk++) {
        int expected = 0;
        for (int i = 0; i < terms.width(chunk); i++, position++) {
          expected = expected << 1 | (code[position / 8] >> (7 - position % 8) & 1);
        }
        assertEquals(expected, terms.value(code, chunk));
        assertTrue(distinct.add(terms.term(chunk, expected)));
        assertTrue(terms.width(chunk) - terms.width(terms.count() - 1) <= 1);
        assertTrue(bits < 32 || terms.width(chunk) >= 16);
      }
      assertEquals(bits, position);
      assertTrue(terms.count() <= 256);
    }
  }

  public void testEveryRadiusOfEveryWidthEqualsBruteForce() throws IOException {
    for (int bits : CodeIndex.WIDTHS) {
      try (CodeIndex index = new CodeIndex(bits, 20 + random().nextInt(200), true)) {
        BinaryCode code = index.nextCode();
        // Up to two, three, or all bits of a chunk: it has too many neighbours beyond that.
        ChunkTerms terms = new ChunkTerms(bits);
        int flips = bits <= 12 ? bits - 1 : terms.width(0) > 17 ? 2 : 3;
        int last = flips * terms.count();
        for (int radius = 0; radius <= last; radius += 1 + random().nextInt(1 + bits / 16)) {
          checkRadius(index, code, radius);
        }
      }
    }
  }

  private static HammingQuery query(
      CodeField field,
      BinaryCode code,
      int radius,
      ColumnSource columns,
      SearchTuning.Costs costs) {
    return new HammingQuery(
        new HammingClause(field, code, radius, columns), SearchTuning.MEASURED.with(costs));
  }

  private static void checkRadius(CodeIndex index, BinaryCode code, int radius) throws IOException {
    ColumnSource columns = SomeColumns.random(random());
    HammingQuery query = query(FIELD, code, radius, columns, FREE);
    List<Integer> found = new ArrayList<>();
    for (ScoreDoc hit : index.paths.search(query, index.reader.maxDoc()).scoreDocs) {
      found.add(hit.doc);
      int distance = index.codes.get(hit.doc).distance(code);
      assertEquals(HammingSimilarity.score(index.bits, distance), hit.score, 0f);
    }
    assertEquals(index.bruteForce(code, radius), found);
    assertEquals(Set.of(SearchPath.CHUNKS), index.paths.takePaths());
  }

  public void testTheCheapestPathIsTaken() throws IOException {
    try (CodeIndex index = new CodeIndex(128, 300, false)) {
      BinaryCode code = index.nextCode();
      ColumnSource none = ColumnSource.NONE;
      assertTaken(SearchPath.DOC_VALUES, index, query(FIELD, code, 0, none, DEAR));
      assertTaken(SearchPath.COLUMN_SCAN, index, query(FIELD, code, 0, SomeColumns.ALL, DEAR));
      // 8 look-ups beat the doc values of a segment, but not its columns.
      SearchTuning.Costs between = new SearchTuning.Costs(1000, 0, 1_000_000, 0);
      HammingQuery doc = query(FIELD, code, 7, none, between);
      assertTaken(SearchPath.CHUNKS, index, doc);
      HammingQuery scan = query(FIELD, code, 7, SomeColumns.ALL, between);
      assertTaken(SearchPath.COLUMN_SCAN, index, scan);
      CodeField without = CodeField.plain("code");
      assertTaken(SearchPath.DOC_VALUES, index, query(without, code, 0, none, FREE));
    }
  }

  private static void assertTaken(SearchPath path, CodeIndex index, HammingQuery query)
      throws IOException {
    index.paths.search(query, 10);
    assertEquals(Set.of(path), index.paths.takePaths());
  }

  public void testManyDocumentsOfATermAreDearer() throws IOException {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      BinaryCode frequent = RandomCodes.uniform(random(), 128);
      for (int i = 0; i < 500; i++) {
        Document document = new Document();
        BinaryCode code = i == 0 ? RandomCodes.uniform(random(), 128) : frequent;
        document.add(CodeDocValues.field("code", code));
        ChunkTerms.fields("code", code).forEach(document::add);
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      try (DirectoryReader reader = writer.getReader()) {
        SearchTuning.Costs costs = new SearchTuning.Costs(1, 10, 1, 0);
        BinaryCode rare = RandomCodes.uniform(random(), 128);
        for (BinaryCode code : List.of(frequent, rare)) {
          HammingQuery query = query(FIELD, code, 0, ColumnSource.NONE, costs);
          PathSearcher searcher = new PathSearcher(reader);
          searcher.search(query, 1);
          SearchPath path = code.equals(rare) ? SearchPath.CHUNKS : SearchPath.DOC_VALUES;
          assertEquals(Set.of(path), searcher.takePaths());
        }
      }
    }
  }

  public void testABroadFilterLeavesTheLeadToTheChunks() throws IOException {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      BinaryCode code = RandomCodes.uniform(random(), 128);
      for (int i = 0; i < 500; i++) {
        Document document = new Document();
        BinaryCode stored = i == 0 ? code : RandomCodes.uniform(random(), 128);
        document.add(CodeDocValues.field("code", stored));
        ChunkTerms.fields("code", stored).forEach(document::add);
        document.add(new StringField("half", Boolean.toString(i % 2 == 0), Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      try (DirectoryReader reader = writer.getReader()) {
        // One look-up and one document: more than that document's column, less than all columns.
        SearchTuning.Costs costs = new SearchTuning.Costs(100, 10, 25, 0);
        HammingQuery query = query(FIELD, code, 0, SomeColumns.ALL, costs);
        BooleanQuery.Builder both = new BooleanQuery.Builder();
        both.add(query, BooleanClause.Occur.MUST);
        both.add(new TermQuery(new Term("half", "true")), BooleanClause.Occur.FILTER);
        PathSearcher searcher = new PathSearcher(reader);
        assertEquals(1, searcher.search(both.build(), 10).scoreDocs.length);
        assertEquals(Set.of(SearchPath.CHUNKS), searcher.takePaths());
      }
    }
  }

  /** As after an option was switched on: some codes have no terms. */
  public void testSegmentsWithoutAllTheirTermsAreScanned() throws IOException {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      BinaryCode code = RandomCodes.uniform(random(), 64);
      for (int i = 0; i < 100; i++) {
        Document document = new Document();
        document.add(CodeDocValues.field("code", code));
        if (i % 2 == 0) {
          ChunkTerms.fields("code", code).forEach(document::add);
        }
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      try (DirectoryReader reader = writer.getReader()) {
        HammingQuery query = query(FIELD, code, 0, ColumnSource.NONE, FREE);
        PathSearcher searcher = new PathSearcher(reader);
        assertEquals(100, searcher.search(query, 200).scoreDocs.length);
        assertEquals(Set.of(SearchPath.DOC_VALUES), searcher.takePaths());
      }
    }
  }

  public void testCodesThatWereUpdatedInPlaceAreFound() throws IOException {
    try (Directory directory = newDirectory();
        IndexWriter writer = new IndexWriter(directory, newIndexWriterConfig())) {
      BinaryCode first = RandomCodes.uniform(random(), 64);
      BinaryCode second = RandomCodes.uniform(random(), 64);
      Document document = new Document();
      document.add(new StringField("id", "0", Field.Store.NO));
      document.add(CodeDocValues.field("code", first));
      ChunkTerms.fields("code", first).forEach(document::add);
      writer.addDocument(document);
      writer.commit();
      writer.updateBinaryDocValue(new Term("id", "0"), "code", CodeDocValues.encode(second));
      try (DirectoryReader reader = DirectoryReader.open(writer)) {
        HammingQuery query = query(FIELD, second, 0, ColumnSource.NONE, FREE);
        assertEquals(1, newSearcher(reader).search(query, 1).scoreDocs.length);
      }
    }
  }

  public void testTheTermsHaveDocumentsOnly() throws IOException {
    try (CodeIndex index = new CodeIndex(64, 50, false)) {
      for (LeafReaderContext leaf : index.reader.leaves()) {
        var info = leaf.reader().getFieldInfos().fieldInfo(ChunkTerms.fieldName("code"));
        if (info != null) {
          assertEquals(IndexOptions.DOCS, info.getIndexOptions());
          assertFalse(info.hasNorms());
        }
      }
    }
  }
}
