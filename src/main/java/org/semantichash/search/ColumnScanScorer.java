// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import org.apache.lucene.search.DocIdSetIterator;
import org.semantichash.search.columns.CodeScan;
import org.semantichash.search.columns.WordColumns;

/**
 * Scans the columns block by block, and stops only at documents that still compete. Beside other
 * clauses it leads: what lies between two of its documents is never asked of them, so that no query
 * takes longer than the scan of all codes and the other clauses at its hits.
 */
final class ColumnScanScorer extends DistanceScorer {

  /** Codes per block: large enough for the kernel, small enough to profit from a new bound soon. */
  static final int BLOCK = 1024;

  private final WordColumns columns;
  private final long[] query;
  private final CodeScan scan;
  private final int[] ordinals;
  private final int[] distances;
  private final DocIdSetIterator iterator = new CompetitiveIterator();

  private int blockEnd; // the ordinal after the block that was scanned last
  private int found; // how many hits the block has
  private int position = -1; // the current one
  private int document = -1;

  ColumnScanScorer(
      WordColumns columns,
      long[] query,
      CodeScan scan,
      DistanceScorer.Scores scores,
      int maxDistance) {
    super(scores, maxDistance);
    this.columns = columns;
    this.query = query;
    this.scan = scan;
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
      scanBlock(from);
    }
    return DocIdSetIterator.NO_MORE_DOCS;
  }

  private void scanBlock(int from) {
    blockEnd = Math.min(columns.size(), from + ordinals.length);
    found = scan.scan(columns.words(), query, from, blockEnd, maxDistance(), ordinals, distances);
    position = 0;
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
