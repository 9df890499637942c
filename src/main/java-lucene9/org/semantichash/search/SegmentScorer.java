// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/** A scorer that does not know its weight: Lucene 9 wants one, and reads it nowhere in a search. */
abstract class SegmentScorer extends Scorer {

  private static final Weight NONE =
      new ConstantScoreWeight(new MatchNoDocsQuery(), 1) {
        @Override
        public Scorer scorer(LeafReaderContext context) {
          return null;
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
