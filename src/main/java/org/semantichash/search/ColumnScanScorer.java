// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.Bits;
import org.semantichash.search.columns.CodeClusters;
import org.semantichash.search.columns.CodeScan;
import org.semantichash.search.columns.WordColumns;

/**
 * Scans the columns block by block, and stops only at documents that still compete. As soon as few
 * codes are left in clusters that are near enough, it reads only those. Beside other clauses it
 * leads: what lies between two of its documents is never asked of them, so that no query takes
 * longer than the scan of all codes and the other clauses at its hits.
 */
final class ColumnScanScorer extends DistanceScorer {

  /** Codes per block: large enough for the kernel, small enough to profit from a new bound soon. */
  static final int BLOCK = 1024;

  // By how much clusters have to be cheaper: after some more blocks the bound may be smaller.
  private static final int WORTH_READING = 4;

  private final WordColumns columns;
  private final long[] query;
  private final SearchTuning tuning;
  private final CodeClusters clusters; // null: none
  private CodeClusters.Bounds bounds; // null: not needed as yet
  private int[] ordinals;
  private int[] distances;
  private final DocIdSetIterator iterator = new CompetitiveIterator();

  private int blockEnd; // the ordinal after the block that was scanned last
  private int found; // how many hits the block has
  private int position = -1; // the current one
  private int document = -1;

  ColumnScanScorer(
      WordColumns columns,
      long[] query,
      SearchTuning tuning,
      DistanceScorer.Scores scores,
      int maxDistance) {
    super(scores, maxDistance);
    this.columns = columns;
    this.query = query;
    this.tuning = tuning;
    this.clusters = columns.clusters();
    int block = Math.min(BLOCK, columns.size());
    this.ordinals = new int[block];
    this.distances = new int[block];
  }

  @Override
  public int docID() {
    return document;
  }

  @Override
  public DocIdSetIterator iterator() {
    return iterator;
  }

  @Override
  int distance() {
    return distances[position];
  }

  /** The first hit at or after an ordinal, among those found and then in the next blocks. */
  private int firstFrom(int ordinal) {
    position++;
    while (isExhausted() == false) {
      for (; position < found; position++) {
        if (ordinals[position] >= ordinal && distances[position] <= maxDistance()) {
          return columns.document(ordinals[position]);
        }
      }
      int from = Math.max(ordinal, blockEnd);
      if (from >= columns.size()) {
        break;
      }
      if (fewAreNear(from)) {
        readClusters(from);
      } else {
        scanBlock(from);
      }
    }
    return DocIdSetIterator.NO_MORE_DOCS;
  }

  private boolean fewAreNear(int from) {
    if (clusters == null || maxDistance() >= columns.bits()) {
      return false;
    }
    if (bounds == null) {
      bounds = clusters.bounds(query);
    }
    return WORTH_READING * tuning.costs().clusters(bounds.codesWithin(maxDistance()))
        <= tuning.costs().columns((long) columns.size() - from, query.length);
  }

  /** Finds all that is left at once. */
  private void readClusters(int from) {
    long[] hits = new long[64]; // ordinal and distance
    found = 0;
    for (int cluster : bounds.between(-1, maxDistance())) {
      int end = clusters.start(cluster + 1);
      for (int place = clusters.start(cluster); place < end; place++) {
        int ordinal = clusters.ordinal(place);
        int distance = ordinal < from ? Integer.MAX_VALUE : columns.distance(query, ordinal);
        if (distance <= maxDistance()) {
          hits = ArrayUtil.grow(hits, found + 1);
          hits[found++] = (long) ordinal << Integer.SIZE | distance;
        }
      }
    }
    Arrays.sort(hits, 0, found);
    ordinals = new int[found];
    distances = new int[found];
    for (int i = 0; i < found; i++) {
      ordinals[i] = (int) (hits[i] >>> Integer.SIZE);
      distances[i] = (int) hits[i];
    }
    blockEnd = columns.size();
    position = 0;
  }

  private void scanBlock(int from) {
    blockEnd = Math.min(columns.size(), from + ordinals.length);
    CodeScan scan = tuning.scan();
    found = scan.scan(columns.words(), query, from, blockEnd, maxDistance(), ordinals, distances);
    position = 0;
  }

  /** Collects all hits in a loop of its own, faster than the one that serves every query. */
  final class Bulk extends BulkScorer {

    @Override
    public int score(LeafCollector collector, Bits acceptDocs, int min, int max)
        throws IOException {
      collector.setScorer(ColumnScanScorer.this);
      if (document < min) {
        iterator.advance(min);
      }
      for (; document < max; document = firstFrom(0)) {
        if (acceptDocs == null || acceptDocs.get(document)) {
          collector.collect(document);
        }
      }
      return document;
    }

    @Override
    public long cost() {
      return columns.size();
    }
  }

  /** The documents that compete. */
  private final class CompetitiveIterator extends DocIdSetIterator {

    @Override
    public int docID() {
      return document;
    }

    @Override
    public int nextDoc() {
      document = firstFrom(0);
      return document;
    }

    @Override
    public int advance(int target) {
      int known = position >= 0 && position < found ? ordinals[position] : 0;
      document =
          firstFrom(target == NO_MORE_DOCS ? columns.size() : columns.ordinalFrom(target, known));
      return document;
    }

    @Override
    public long cost() {
      return columns.size();
    }
  }
}
