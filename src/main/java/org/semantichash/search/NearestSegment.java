// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSet;
import org.apache.lucene.util.Bits;
import org.semantichash.search.columns.CodeClusters;
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
  boolean needsScan(NearestCodes nearest, int k, QueryTimeout timeout, SearchPath.Segments searched)
      throws IOException {
    BinaryDocValues codes = docValues();
    if (codes == null || accept(timeout) == false) {
      return false;
    }
    LeafReader reader = segment.reader();
    SearchTuning.Costs costs = query.costs();
    columns = query.clause().columnsIfBuilt(reader);
    if (foundInClusters(nearest, k, timeout)) {
      searched.count(SearchPath.CLUSTERS);
      return false;
    }
    if (foundByChunks(nearest, k, timeout, codes, costs.columns(codes.cost(), words.length))) {
      searched.count(SearchPath.CHUNKS);
      return false;
    }
    if (columns == null) {
      columns = query.clause().columns(reader, timeout);
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

  private boolean foundInClusters(NearestCodes nearest, int k, QueryTimeout timeout) {
    CodeClusters clusters = columns == null ? null : columns.clusters();
    return clusters != null && new InClusters(clusters, nearest, k, timeout).search();
  }

  private boolean foundByChunks(
      NearestCodes nearest, int k, QueryTimeout timeout, BinaryDocValues codes, long budget)
      throws IOException {
    ChunkLookup chunks = ChunkLookup.of(segment.reader(), query.field(), codes, query.code());
    return chunks != null && new InChunks(chunks, nearest, k, timeout, budget).search();
  }

  /** The codes, to be read by one thread. */
  SegmentCodes codes() throws IOException {
    return columns == null
        ? SegmentCodes.of(docValues(), segment.reader().maxDoc(), codeDistance())
        : SegmentCodes.of(columns, words, SCAN);
  }

  private BinaryDocValues docValues() throws IOException {
    return query.field().docValues(segment.reader());
  }

  private CodeDistance codeDistance() {
    return new CodeDistance(query.code(), query.field().form());
  }

  /**
   * The nearest codes of one segment by its clusters, the nearest first: until as many codes as are
   * wanted are read, and then all that may hold a nearer one, unless a scan is cheaper.
   */
  private final class InClusters {

    private static final int UNTIMED = 100_000; // codes between two looks at the clock

    private final CodeClusters clusters;
    private final CodeClusters.Bounds bounds;
    private final NearestCodes nearest; // what all segments have found so far
    private final NearestCodes own; // of this segment
    private final int k;
    private final QueryTimeout timeout;
    private int untimed;

    InClusters(CodeClusters clusters, NearestCodes nearest, int k, QueryTimeout timeout) {
      this.clusters = clusters;
      this.bounds = clusters.bounds(words);
      this.nearest = nearest;
      this.own = new NearestCodes(k, query.maxDistance());
      this.k = k;
      this.timeout = timeout;
    }

    /**
     * Finds all codes of the segment that compete, or at least a bound for a scan.
     *
     * @return whether nothing is left to scan
     */
    boolean search() {
      int first = Math.min(limit(), bounds.reaching(k));
      if (isCheap(first) == false) {
        return false;
      }
      read(-1, first);
      if (isCheap(limit()) == false) {
        nearest.learnBound(own);
        return false;
      }
      read(first, limit());
      nearest.takeAll(own);
      return true;
    }

    // Codes that are not found yet compete up to this distance.
    private int limit() {
      return Math.min(own.limit(segment.docBase), nearest.limit(segment.docBase));
    }

    private boolean isCheap(int distance) {
      SearchTuning.Costs costs = query.costs();
      return distance < 0
          || costs.clusters(bounds.codesWithin(distance))
              <= costs.columns(columns.size(), words.length);
    }

    private void read(int above, int to) {
      for (int cluster : to <= above ? new int[0] : bounds.between(above, to)) {
        untimed += clusters.start(cluster + 1) - clusters.start(cluster);
        if (bounds.of(cluster) > limit() || isOver()) {
          return;
        }
        read(cluster);
      }
    }

    private boolean isOver() {
      if (untimed < UNTIMED) {
        return false;
      }
      untimed = 0;
      return timeout.shouldExit();
    }

    private void read(int cluster) {
      int end = clusters.start(cluster + 1);
      int limit = limit();
      for (int place = clusters.start(cluster); place < end; place++) {
        int ordinal = clusters.ordinal(place);
        int distance = columns.distance(words, ordinal);
        if (distance <= limit) {
          int document = columns.document(ordinal);
          if (accepted == null || accepted.get(document)) {
            own.offer(segment.docBase + document, distance);
            limit = limit();
          }
        }
      }
    }
  }

  /**
   * The nearest codes of one segment by its chunk terms: the radius grows until as many codes as
   * are wanted lie within it, or until that costs more than a scan.
   *
   * <p>Source: Norouzi, Punjani and Fleet, IEEE TPAMI 36(6), 2014, Algorithm 2. Deviation: it gives
   * up, either when it has spent its budget, or when all values of the chunks at one distance are
   * looked up and those up to the distance of the k-th code found so far would cost more than the
   * budget.
   */
  private final class InChunks {

    private final ChunkLookup chunks;
    private final NearestCodes nearest; // what all segments have found so far
    private final NearestCodes own; // of this segment
    private final QueryTimeout timeout;
    private final long budget;
    private final ChunkLookup.Candidates candidates =
        new ChunkLookup.Candidates(segment.reader().maxDoc());

    private long lookups;
    private long documents;

    /**
     * A search.
     *
     * @param timeout ends it early
     * @param budget the most that it may cost
     */
    InChunks(ChunkLookup chunks, NearestCodes nearest, int k, QueryTimeout timeout, long budget) {
      this.chunks = chunks;
      this.nearest = nearest;
      this.own = new NearestCodes(k, query.maxDistance());
      this.timeout = timeout;
      this.budget = budget;
    }

    /**
     * Finds all codes of the segment that compete, or at least a bound for a scan.
     *
     * @return whether nothing is left to scan
     */
    boolean search() throws IOException {
      for (int radius = 0; radius <= limit() && timeout.shouldExit() == false; radius++) {
        boolean levelDone = radius > 0 && radius % chunks.chunks() == 0;
        if ((levelDone && costUpTo(limit(), radius) > budget) || step(radius) == false) {
          nearest.learnBound(own);
          return false;
        }
      }
      nearest.takeAll(own);
      return true;
    }

    // Codes that are not found yet compete up to this distance.
    private int limit() {
      return Math.min(own.limit(segment.docBase), nearest.limit(segment.docBase));
    }

    private boolean step(int radius) throws IOException {
      lookups += chunks.lookups(radius);
      if (cost(lookups, documents) > budget) {
        return false;
      }
      documents += chunks.seek(radius);
      if (cost(lookups, documents) > budget) {
        return false;
      }
      chunks.read(candidates);
      compare(candidates.takeNew(), codes()); // from the first document on each time
      return true;
    }

    private void compare(int[] found, SegmentCodes codes) throws IOException {
      for (int document : found) {
        if (accepted == null || accepted.get(document)) {
          own.offer(segment.docBase + document, codes.distance(document));
        }
      }
    }

    // As many documents per term as so far.
    private long costUpTo(int last, int next) {
      long expected = lookups;
      for (int radius = next; radius <= last && cost(expected, documents) <= budget; radius++) {
        expected += chunks.lookups(radius);
      }
      return cost(expected, documents * (expected / lookups));
    }

    private long cost(long terms, long postings) {
      return query.costs().lookups(terms) + query.costs().candidates(postings);
    }
  }

  /** The documents of a filter, as long as there is time. */
  private static final class Timed extends DocIdSetIterator {

    private static final int UNTIMED = 10_000; // documents between two looks at the clock

    private final DocIdSetIterator documents;
    private final QueryTimeout timeout;
    private int untimed;
    private boolean isOver;

    Timed(DocIdSetIterator documents, QueryTimeout timeout) {
      this.documents = documents;
      this.timeout = timeout;
    }

    @Override
    public int docID() {
      return documents.docID();
    }

    @Override
    public int nextDoc() throws IOException {
      if (untimed++ % UNTIMED == 0) {
        isOver = timeout.shouldExit();
      }
      return isOver ? NO_MORE_DOCS : documents.nextDoc();
    }

    @Override
    public int advance(int target) throws IOException {
      return documents.advance(target);
    }

    @Override
    public long cost() {
      return documents.cost();
    }
  }
}
