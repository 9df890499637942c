// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import static org.apache.lucene.search.TotalHits.Relation.EQUAL_TO;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeDocValues;

/**
 * Every path of a search, forced in turn, finds what brute force finds: the same documents in the
 * same order with the same scores, and as many.
 *
 * <p>With 1,000 seeds instead of 50: {@code mvn -Plong -pl src test -Dtest=PathEquivalenceTests}
 */
public class PathEquivalenceTests extends LuceneTestCase {

  private static final int[] USUAL_WIDTHS = {64, 128, 256, 4096};
  private static final int QUERIES = 3;

  /** A document as it was written. */
  private record Written(BinaryCode code, boolean kept) {}

  /** A document that a query must find. */
  private record Hit(int document, int distance) {}

  private Random seeded;
  private int bits;
  private List<BinaryCode> centres;
  private List<Written> written;

  public void testEveryPathEqualsBruteForce() throws IOException {
    int seeds = Integer.getInteger("tests.equivalence.seeds", 50);
    for (int i = 0; i < seeds; i++) {
      checkSeed(random().nextLong());
    }
  }

  /** A merge may leave the field and none of its values: an endless share of none is no number. */
  public void testASegmentWithoutCodesIsSearchedAsAnyOther() throws IOException {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      bits = 64;
      seeded = new Random(random().nextLong());
      written = List.of(new Written(uniform(), false), new Written(null, false));
      writer.addDocument(document(0));
      writer.addDocument(document(1));
      writer.commit();
      writer.deleteDocuments(new Term("id", "0"));
      writer.forceMerge(1);
      try (IndexReader reader = writer.getReader()) {
        for (ForcedPath path : ForcedPath.ALL) {
          HammingQuery hamming = path.query("code", written.get(0).code(), bits);
          PathSearcher searcher = new PathSearcher(reader);
          assertEquals(0, searcher.search(hamming, 1).scoreDocs.length);
          checkTaken(path, searcher, path.toString());
        }
      }
    }
  }

  private void checkSeed(long seed) throws IOException {
    seeded = new Random(seed);
    bits = seeded.nextBoolean() ? USUAL_WIDTHS[seeded.nextInt(4)] : 8 + seeded.nextInt(1017);
    centres = List.of(uniform(), uniform(), uniform());
    written = new ArrayList<>();
    try (Directory directory = newDirectory(seeded);
        RandomIndexWriter writer = new RandomIndexWriter(seeded, directory)) {
      write(writer);
      try (IndexReader reader = writer.getReader()) {
        for (int i = 0; i < QUERIES; i++) {
          checkOneQuery(reader, "seed " + seed + ", query " + i);
        }
      }
    }
  }

  private void write(RandomIndexWriter writer) throws IOException {
    int documents = seeded.nextInt(seeded.nextInt(5) == 0 ? 3000 : 200);
    double missing = oftenNone();
    double deleted = oftenNone();
    double kept = Math.pow(seeded.nextDouble(), 3);
    int segment = 1 + documents / (1 + seeded.nextInt(6));
    for (int id = 0; id < documents; id++) {
      BinaryCode code = seeded.nextDouble() < missing ? null : nextCode();
      written.add(new Written(code, seeded.nextDouble() < kept));
      writer.addDocument(document(id));
      if (seeded.nextDouble() < deleted) {
        writer.deleteDocuments(new Term("id", Integer.toString(seeded.nextInt(id + 1))));
      }
      if ((id + 1) % segment == 0) {
        writer.commit();
      }
    }
  }

  private double oftenNone() {
    return seeded.nextBoolean() ? 0 : seeded.nextDouble();
  }

  private Document document(int id) {
    Document document = new Document();
    document.add(new StringField("id", Integer.toString(id), Field.Store.NO));
    document.add(new NumericDocValuesField("number", id));
    if (written.get(id).code() != null) {
      document.add(CodeDocValues.field("code", written.get(id).code()));
    }
    if (written.get(id).kept()) {
      document.add(new StringField("kept", "yes", Field.Store.NO));
    }
    return document;
  }

  private BinaryCode uniform() {
    return RandomCodes.uniform(seeded, bits);
  }

  private BinaryCode nextCode() {
    return seeded.nextInt(3) == 0
        ? uniform()
        : RandomCodes.near(seeded, centres.get(seeded.nextInt(3)), seeded.nextInt(1 + bits / 4));
  }

  private void checkOneQuery(IndexReader reader, String what) throws IOException {
    BinaryCode code = nextCode();
    int radius = seeded.nextBoolean() ? bits : seeded.nextInt(bits + 1);
    boolean filtered = seeded.nextBoolean();
    int k = 1 + seeded.nextInt(seeded.nextBoolean() ? 20 : 1 + reader.maxDoc());
    List<Hit> expected = bruteForce(reader, code, radius, filtered);
    List<Hit> nearest = expected.subList(0, Math.min(k, expected.size()));
    PathSearcher searcher = new PathSearcher(reader);
    for (ForcedPath path : ForcedPath.ALL) {
      String where = what + ", " + path;
      HammingQuery hamming = path.query("code", code, radius);
      Query query = filtered ? filtered(hamming) : hamming;
      // 1: the bar rises as soon as k hits are there; else every hit is counted.
      TopDocs some = searcher.search(query, new TopScoreDocCollectorManager(k, null, 1));
      checkHits(where, nearest, some);
      TopDocs all =
          searcher.search(query, new TopScoreDocCollectorManager(k, null, Integer.MAX_VALUE));
      checkHits(where, nearest, all);
      assertEquals(where, new TotalHits(expected.size(), EQUAL_TO), all.totalHits);
      checkTaken(path, searcher, where);
      assertEquals(where, expected.size(), searcher.count(query));
      searcher.takePaths(); // a count needs no codes where every document matches
    }
  }

  private static Query filtered(Query query) {
    return new BooleanQuery.Builder()
        .add(query, Occur.MUST)
        .add(new TermQuery(new Term("kept", "yes")), Occur.FILTER)
        .build();
  }

  /** What was written and not deleted, nearest first, ties by document. */
  private List<Hit> bruteForce(IndexReader reader, BinaryCode code, int radius, boolean filtered)
      throws IOException {
    List<Hit> hits = new ArrayList<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      NumericDocValues numbers = leaf.reader().getNumericDocValues("number");
      for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
        assertTrue(numbers.advanceExact(doc));
        Written document = written.get(Math.toIntExact(numbers.longValue()));
        boolean live = leaf.reader().getLiveDocs() == null || leaf.reader().getLiveDocs().get(doc);
        if (live && document.code() != null && (document.kept() || filtered == false)) {
          hits.add(new Hit(leaf.docBase + doc, code.distance(document.code())));
        }
      }
    }
    hits.removeIf(hit -> hit.distance() > radius);
    hits.sort(Comparator.comparingInt(Hit::distance).thenComparingInt(Hit::document));
    return hits;
  }

  private void checkHits(String where, List<Hit> expected, TopDocs found) {
    assertEquals(where, expected.size(), found.scoreDocs.length);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(where + ", hit " + i, expected.get(i).document(), found.scoreDocs[i].doc);
      float score = HammingSimilarity.score(bits, expected.get(i).distance());
      assertEquals(where + ", hit " + i, score, found.scoreDocs[i].score, 0f);
    }
  }

  private static void checkTaken(ForcedPath path, PathSearcher searcher, String where) {
    Set<SearchPath> seen = searcher.takePaths();
    assertTrue(where + ", went " + seen, Set.of(path.taken()).containsAll(seen));
  }
}
