// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.util.Bits;

/**
 * Walks over all codes of a segment in one loop. It is called for ranges of documents, between
 * which Elasticsearch looks whether the search was cancelled or has run out of time.
 */
final class DocValuesBulkScorer extends BulkScorer {

  private final DocValuesScorer scorer;
  private final BinaryDocValues codes;

  DocValuesBulkScorer(DocValuesScorer scorer, BinaryDocValues codes) {
    this.scorer = scorer;
    this.codes = codes;
  }

  @Override
  public int score(LeafCollector collector, Bits acceptDocs, int min, int max) throws IOException {
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
