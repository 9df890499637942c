// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.util.Bits;

/** Reads the stored codes of the documents of one segment one by one. */
final class DocValuesScorer extends DistanceScorer {

  // Reading a doc value and counting its bits, against about 1 for a step of an iterator.
  private static final float MATCH_COST = 10;

  private final BinaryDocValues codes;
  private final CodeDistance distance;
  private int currentDistance;

  DocValuesScorer(
      BinaryDocValues codes, CodeDistance distance, DistanceScorer.Scores scores, int maxDistance) {
    super(scores, maxDistance);
    this.codes = codes;
    this.distance = distance;
  }

  @Override
  public int docID() {
    return codes.docID();
  }

  @Override
  public TwoPhaseIterator twoPhaseIterator() {
    return new TwoPhaseIterator(codes) {
      @Override
      public boolean matches() throws IOException {
        return currentMatches();
      }

      @Override
      public float matchCost() {
        return MATCH_COST;
      }
    };
  }

  @Override
  public DocIdSetIterator iterator() {
    return TwoPhaseIterator.asDocIdSetIterator(twoPhaseIterator());
  }

  /** Whether the code that the doc values stand on is within the largest distance. */
  boolean currentMatches() throws IOException {
    currentDistance = distance.to(codes.binaryValue());
    return currentDistance <= maxDistance();
  }

  @Override
  int distance() {
    return currentDistance;
  }

  /**
   * Walks over all codes of a segment in one loop. It is called for ranges of documents, between
   * which Elasticsearch looks whether the search was cancelled or has run out of time.
   */
  static final class Bulk extends BulkScorer {

    private final DocValuesScorer scorer;
    private final BinaryDocValues codes;

    Bulk(DocValuesScorer scorer, BinaryDocValues codes) {
      this.scorer = scorer;
      this.codes = codes;
    }

    @Override
    public int score(LeafCollector collector, Bits acceptDocs, int min, int max)
        throws IOException {
      collector.setScorer(scorer);
      int doc = codes.docID() < min ? codes.advance(min) : codes.docID();
      for (; doc < max; doc = codes.nextDoc()) {
        if ((acceptDocs == null || acceptDocs.get(doc)) && scorer.currentMatches()) {
          collector.collect(doc);
          if (scorer.isExhausted()) {
            return DocIdSetIterator.NO_MORE_DOCS;
          }
        }
      }
      return doc;
    }

    @Override
    public long cost() {
      return codes.cost();
    }
  }
}
