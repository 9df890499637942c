// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.semantichash.search.chunks.Candidates;
import org.semantichash.search.chunks.ChunkLookup;

/** All documents of a segment within a distance, by their chunks. */
final class RadiusLookup {

  private final ChunkLookup chunks;
  private final int radius;
  private final long documents;
  private final long cost;

  private RadiusLookup(ChunkLookup chunks, int radius, long documents, long cost) {
    this.chunks = chunks;
    this.radius = radius;
    this.documents = documents;
    this.cost = cost;
  }

  /**
   * Looks the terms up, and stops as soon as it would cost too much.
   *
   * @param budget the most that it may cost
   * @return null when it costs more
   */
  static RadiusLookup within(ChunkLookup chunks, int radius, SearchCosts costs, long budget)
      throws IOException {
    long cost = 0;
    for (int r = 0; r <= radius && cost <= budget; r++) {
      cost += costs.lookups(chunks.lookups(r));
    }
    long documents = 0;
    long lookups = cost;
    for (int r = 0; r <= radius && cost <= budget; r++) {
      documents += chunks.seek(r);
      cost = lookups + costs.candidates(documents);
    }
    return cost <= budget ? new RadiusLookup(chunks, radius, documents, cost) : null;
  }

  /** No more documents than this match. */
  long documents() {
    return documents;
  }

  /** What it costs in all. */
  long cost() {
    return cost;
  }

  /**
   * The documents; can be called once.
   *
   * @param maxDoc how many documents the segment has
   */
  FoundCodes find(int maxDoc, DocumentDistances distances) throws IOException {
    Candidates candidates = new Candidates(maxDoc);
    chunks.read(candidates);
    return FoundCodes.within(candidates.takeNew(), distances, radius);
  }
}
