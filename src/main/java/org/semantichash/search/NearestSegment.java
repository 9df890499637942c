// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FilterDocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.Bits;
import org.semantichash.search.chunks.ChunkLookup;
import org.semantichash.search.columns.CodeScan;
import org.semantichash.search.columns.WordColumns;

/** One segment in a search for the nearest codes, and how to read its codes. */
final class NearestSegment {

  private static final CodeScan SCAN = CodeScan.fastest();

  private final NearestHammingQuery query;
  private final Weight filter;
  private final LeafReaderContext segment;
  private final long[] words;
  private WordColumns columns; // null: the doc values
  private Bits accepted; // null: all documents

  /**
   * A segment.
   *
   * @param filter finds the documents that are looked at; null for all
   */
  NearestSegment(NearestHammingQuery query, Weight filter, LeafReaderContext segment) {
    this.query = query;
    this.filter = filter;
    this.segment = segment;
    this.words = WordColumns.words(query.code());
  }

  LeafReaderContext context() {
    return segment;
  }

  /** The documents that may be found, known once {@link #needsScan} was called; null for all. */
  Bits accepted() {
    return accepted;
  }

  /**
   * Searches the chunk terms where that is cheap, else gets everything ready for scans.
   *
   * @return whether there is something to scan
   */
  boolean needsScan(NearestCodes nearest, int k, QueryTimeout timeout, SearchedSegments searched)
      throws IOException {
    BinaryDocValues codes = docValues();
    if (codes == null || accept(timeout) == false) {
      return false;
    }
    LeafReader reader = segment.reader();
    SearchCosts costs = query.costs();
    columns = query.comparison().columnsIfBuilt(reader);
    if (foundByChunks(nearest, k, timeout, codes, costs.columns(codes.cost(), words.length))) {
      searched.count(SearchPath.CHUNKS);
      return false;
    }
    if (columns == null) {
      columns = query.comparison().columns(reader, timeout);
    }
    if (columns == null
        && foundByChunks(nearest, k, timeout, codes, costs.docValues(codes.cost(), words.length))) {
      searched.count(SearchPath.CHUNKS);
      return false;
    }
    searched.count(columns == null ? SearchPath.DOC_VALUES : SearchPath.COLUMN_SCAN);
    return true;
  }

  /** Live documents of the filter; returns whether there can be any, and there was time to know. */
  private boolean accept(QueryTimeout timeout) throws IOException {
    accepted = segment.reader().getLiveDocs();
    if (filter == null) {
      return true;
    }
    Scorer scorer = filter.scorer(segment);
    if (scorer == null) {
      return false;
    }
    Timed documents = new Timed(scorer.iterator(), timeout);
    BitSet matching = BitSet.of(documents, segment.reader().maxDoc());
    if (documents.isOver) {
      return false;
    }
    Bits live = accepted;
    accepted =
        live == null
            ? matching
            : new Bits() {
              @Override
              public boolean get(int document) {
                return matching.get(document) && live.get(document);
              }

              @Override
              public int length() {
                return matching.length();
              }
            };
    return true;
  }

  private boolean foundByChunks(
      NearestCodes nearest, int k, QueryTimeout timeout, BinaryDocValues codes, long budget)
      throws IOException {
    ChunkLookup chunks = ChunkLookup.of(segment.reader(), query.field(), codes, query.code());
    NearestCodes own = new NearestCodes(k, query.maxDistance());
    return chunks != null
        && new NearestInChunks(
                segment, accepted, chunks, nearest, own, timeout, query.costs(), budget)
            .search(this::distances);
  }

  private DocumentDistances distances() throws IOException {
    return columns == null
        ? DocumentDistances.in(docValues(), codeDistance())
        : DocumentDistances.in(columns, words);
  }

  /** The codes, to be scanned by one thread. */
  CodeBlocks blocks() throws IOException {
    return columns == null
        ? CodeBlocks.of(docValues(), segment.reader().maxDoc(), codeDistance())
        : CodeBlocks.of(columns, words, SCAN);
  }

  private BinaryDocValues docValues() throws IOException {
    return query.field().docValues(segment.reader());
  }

  private CodeDistance codeDistance() {
    return new CodeDistance(query.code(), query.field().form());
  }

  /** The documents of a filter, as long as there is time. */
  private static final class Timed extends FilterDocIdSetIterator {

    private static final int UNTIMED = 10_000; // documents between two looks at the clock

    private final QueryTimeout timeout;
    private int untimed;
    private boolean isOver;

    Timed(DocIdSetIterator documents, QueryTimeout timeout) {
      super(documents);
      this.timeout = timeout;
    }

    @Override
    public int nextDoc() throws IOException {
      if (untimed++ % UNTIMED == 0) {
        isOver = timeout.shouldExit();
      }
      return isOver ? NO_MORE_DOCS : super.nextDoc();
    }
  }
}
