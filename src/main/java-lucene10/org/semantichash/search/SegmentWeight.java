// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;

/** A weight that says how each segment is scored by a supplier, which also makes bulk scorers. */
abstract class SegmentWeight extends Weight {

  SegmentWeight(Query query) {
    super(query);
  }

  /** Scores all documents alike. */
  final Scorer constantScorer(float score, ScoreMode mode, DocIdSetIterator documents) {
    return new ConstantScoreScorer(score, mode, documents);
  }

  /** How one segment is scored. */
  abstract static class Supplier extends ScorerSupplier {}
}
