// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import com.carrotsearch.randomizedtesting.generators.RandomPicks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.ChunkTerms;
import org.semantichash.index.CodeDocValues;

/**
 * An index with random segments, deletions and documents without a code, and what it holds. Every
 * code has its chunk terms, too.
 */
final class CodeIndex implements AutoCloseable {

  static final List<Integer> WIDTHS =
      List.of(4, 7, 8, 12, 16, 31, 33, 64, 65, 100, 128, 192, 256, 1024, 4096);

  final int bits;
  final TreeMap<Integer, BinaryCode> codes = new TreeMap<>(); // by document number
  final List<BinaryCode> centres = new ArrayList<>();
  final Directory directory = LuceneTestCase.newDirectory();
  final IndexReader reader;
  final IndexSearcher searcher;

  /** As the searcher, but one thread: sees the ways that are taken. */
  final PathSearcher paths;

  private final Random random = LuceneTestCase.random();

  CodeIndex(int bits, int documents, boolean deletions) throws IOException {
    this(bits, documents, deletions, Integer.MAX_VALUE);
  }

  CodeIndex(int bits, int documents, boolean deletions, int maxSegments) throws IOException {
    this.bits = bits;
    try (RandomIndexWriter writer = new RandomIndexWriter(random, directory)) {
      for (int i = 0; i < documents; i++) {
        writer.addDocument(document(i));
        if (random.nextInt(50) == 0) {
          writer.commit();
        }
        if (deletions && random.nextInt(10) == 0) {
          writer.deleteDocuments(new Term("id", Integer.toString(random.nextInt(i + 1))));
        }
      }
      if (maxSegments < documents) {
        writer.forceMerge(maxSegments);
      }
      reader = writer.getReader();
    }
    searcher = LuceneTestCase.newSearcher(reader);
    paths = new PathSearcher(reader);
    readCodes();
  }

  /** With codes of any width. */
  static CodeIndex random(int documents, boolean deletions) throws IOException {
    int bits = RandomPicks.randomFrom(LuceneTestCase.random(), WIDTHS);
    return new CodeIndex(bits, documents, deletions);
  }

  private Document document(int id) {
    Document document = new Document();
    document.add(new StringField("id", Integer.toString(id), Field.Store.NO));
    document.add(new StringField("parity", id % 2 == 0 ? "even" : "odd", Field.Store.NO));
    if (random.nextInt(10) > 0) {
      BinaryCode code = nextCode();
      document.add(CodeDocValues.field("code", code));
      ChunkTerms.fields("code", code).forEach(document::add);
    }
    return document;
  }

  BinaryCode nextCode() {
    if (centres.isEmpty() || random.nextInt(20) == 0) {
      centres.add(RandomCodes.uniform(random, bits));
    }
    BinaryCode centre = RandomPicks.randomFrom(random, centres);
    return RandomCodes.near(random, centre, random.nextInt(1 + bits / 4));
  }

  private void readCodes() throws IOException {
    for (var leaf : reader.leaves()) {
      var values = leaf.reader().getBinaryDocValues("code");
      for (int doc = 0; values != null && doc < leaf.reader().maxDoc(); doc++) {
        var live = leaf.reader().getLiveDocs();
        if ((live == null || live.get(doc)) && values.advanceExact(doc)) {
          codes.put(leaf.docBase + doc, CodeDocValues.decode(values.binaryValue(), bits));
        }
      }
    }
  }

  /** Documents within a distance, nearest first, ties by number. */
  List<Integer> bruteForce(BinaryCode query, int maxDistance) {
    return codes.keySet().stream()
        .filter(doc -> codes.get(doc).distance(query) <= maxDistance)
        .sorted(
            Comparator.<Integer>comparingInt(doc -> codes.get(doc).distance(query))
                .thenComparing(doc -> doc))
        .toList();
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
