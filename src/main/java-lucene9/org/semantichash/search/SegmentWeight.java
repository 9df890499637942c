// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BulkScorer;
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

  @Override
  public abstract ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException;

  @Override
  public final Scorer scorer(LeafReaderContext context) throws IOException {
    ScorerSupplier supplier = scorerSupplier(context);
    return supplier == null ? null : supplier.get(Long.MAX_VALUE);
  }

  @Override
  public final BulkScorer bulkScorer(LeafReaderContext context) throws IOException {
    ScorerSupplier supplier = scorerSupplier(context);
    if (supplier == null) {
      return null;
    }
    supplier.setTopLevelScoringClause();
    return supplier instanceof Supplier segment
        ? segment.bulkScorer()
        : new DefaultBulkScorer(supplier.get(Long.MAX_VALUE));
  }

  /** Scores all documents alike. */
  final Scorer constantScorer(float score, ScoreMode mode, DocIdSetIterator documents) {
    return new ConstantScoreScorer(this, score, mode, documents);
  }

  /** How one segment is scored. */
  abstract static class Supplier extends ScorerSupplier {

    /** Scores every match, one after the other. */
    public BulkScorer bulkScorer() throws IOException {
      return new DefaultBulkScorer(get(Long.MAX_VALUE));
    }
  }

  /** The only scorer of a segment. */
  static final class DefaultScorerSupplier extends Supplier {

    private final Scorer scorer;

    DefaultScorerSupplier(Scorer scorer) {
      this.scorer = scorer;
    }

    @Override
    public Scorer get(long leadCost) {
      return scorer;
    }

    @Override
    public long cost() {
      return scorer.iterator().cost();
    }
  }
}
