// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.util.Bits;

/** Scans a range of a segment for the nearest codes. */
final class NearestScan {

  private static final int BLOCK = ColumnScanScorer.BLOCK;

  // Codes between two looks at the clock.
  private static final int UNTIMED = 100 * BLOCK;

  private final NearestCodes nearest;
  private final QueryTimeout timeout;
  private final int[] documents = new int[BLOCK];
  private final int[] distances = new int[BLOCK];
  private int untimed; // codes since the last look

  /**
   * A scan.
   *
   * @param timeout ends it early
   */
  NearestScan(NearestCodes nearest, QueryTimeout timeout) {
    this.nearest = nearest;
    this.timeout = timeout;
  }

  /** Offers the codes at these positions that compete, as long as there is time. */
  void scan(NearestSegment segment, int from, int to) throws IOException {
    CodeBlocks codes = segment.blocks();
    int base = segment.context().docBase;
    Bits accepted = segment.accepted();
    for (int start = from; start < to; start += BLOCK) {
      int limit = nearest.limit(base + codes.document(start));
      if (limit < 0 || isOver()) {
        return;
      }
      int found = codes.find(start, Math.min(to, start + BLOCK), limit, documents, distances);
      for (int i = 0; i < found; i++) {
        if (accepted == null || accepted.get(documents[i])) {
          nearest.offer(base + documents[i], distances[i]);
        }
      }
    }
  }

  private boolean isOver() {
    untimed += BLOCK;
    if (untimed < UNTIMED) {
      return false;
    }
    untimed = 0;
    return timeout.shouldExit();
  }
}
