// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.util.Bits;
import org.semantichash.search.chunks.Candidates;
import org.semantichash.search.chunks.ChunkLookup;

/**
 * The nearest codes of one segment by its chunk terms: the radius grows until as many codes as are
 * wanted lie within it, or until that costs more than a scan.
 *
 * <p>Source: Norouzi, Punjani and Fleet, IEEE TPAMI 36(6), 2014, Algorithm 2. Deviation: it gives
 * up, either when it has spent its budget, or when all values of the chunks at one distance are
 * looked up and those up to the distance of the k-th code found so far would cost more than the
 * budget.
 */
final class NearestInChunks {

  private final LeafReaderContext segment;
  private final Bits accepted;
  private final ChunkLookup chunks;
  private final NearestCodes nearest;
  private final NearestCodes own;
  private final QueryTimeout timeout;
  private final SearchCosts costs;
  private final long budget;
  private final Candidates candidates;

  private long lookups;
  private long documents;

  /**
   * A search.
   *
   * @param accepted the documents that may be found; null for all
   * @param nearest what all segments have found so far
   * @param own the codes of this segment, none as yet
   * @param timeout ends it early
   * @param budget the most that it may cost
   */
  NearestInChunks(
      LeafReaderContext segment,
      Bits accepted,
      ChunkLookup chunks,
      NearestCodes nearest,
      NearestCodes own,
      QueryTimeout timeout,
      SearchCosts costs,
      long budget) {
    this.segment = segment;
    this.accepted = accepted;
    this.chunks = chunks;
    this.nearest = nearest;
    this.own = own;
    this.timeout = timeout;
    this.costs = costs;
    this.budget = budget;
    this.candidates = new Candidates(segment.reader().maxDoc());
  }

  /**
   * Finds all codes of the segment that compete, or at least a bound for a scan.
   *
   * @return whether nothing is left to scan
   */
  boolean search(DistancesSource distances) throws IOException {
    for (int radius = 0; radius <= limit() && timeout.shouldExit() == false; radius++) {
      boolean levelDone = radius > 0 && radius % chunks.chunks() == 0;
      if ((levelDone && costUpTo(limit(), radius) > budget) || step(radius, distances) == false) {
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

  private boolean step(int radius, DistancesSource distances) throws IOException {
    lookups += chunks.lookups(radius);
    if (cost(lookups, documents) > budget) {
      return false;
    }
    documents += chunks.seek(radius);
    if (cost(lookups, documents) > budget) {
      return false;
    }
    chunks.read(candidates);
    compare(candidates.takeNew(), distances.open());
    return true;
  }

  private void compare(int[] found, DocumentDistances distances) throws IOException {
    for (int document : found) {
      if (accepted == null || accepted.get(document)) {
        own.offer(segment.docBase + document, distances.of(document));
      }
    }
  }

  // As many documents a term as so far.
  private long costUpTo(int last, int next) {
    long expected = lookups;
    for (int radius = next; radius <= last && cost(expected, documents) <= budget; radius++) {
      expected += chunks.lookups(radius);
    }
    return cost(expected, documents * (expected / lookups));
  }

  private long cost(long terms, long postings) {
    return costs.lookups(terms) + costs.candidates(postings);
  }

  /** Where to look distances up, from the first document on each time. */
  interface DistancesSource {

    /** The distances. */
    DocumentDistances open() throws IOException;
  }
}
