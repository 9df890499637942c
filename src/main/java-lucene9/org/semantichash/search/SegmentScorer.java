// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/** A scorer that does not know its weight: Lucene 9 wants one, and reads it nowhere in a search. */
abstract class SegmentScorer extends Scorer {

  private static final Weight NONE =
      new Weight(new MatchNoDocsQuery()) {
        @Override
        public Scorer scorer(LeafReaderContext context) {
          return null;
        }

        @Override
        public Explanation explain(LeafReaderContext context, int doc) {
          return Explanation.noMatch("nothing matches");
        }

        @Override
        public boolean isCacheable(LeafReaderContext context) {
          return true;
        }
      };

  SegmentScorer() {
    super(NONE);
  }
}
