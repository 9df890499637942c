// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.util.Objects;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;

/** The documents that a {@link NearestHammingQuery} has found with one reader. */
final class NearestDocumentsQuery extends Query {

  private final NearestHammingQuery query;
  private final FoundCodes found;
  private final Object reader;
  private final String segments; // how they were searched

  /**
   * What was found.
   *
   * @param found documents of the whole index
   * @param reader what was searched
   */
  NearestDocumentsQuery(
      NearestHammingQuery query, FoundCodes found, IndexReader reader, SearchedSegments searched) {
    this.query = query;
    this.found = found;
    this.reader = reader.getContext().id();
    this.segments = searched.toString();
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    if (reader.equals(searcher.getIndexReader().getContext().id()) == false) {
      throw new IllegalStateException(
          "the documents of [" + query + "] were found with another reader");
    }
    return new FoundWeight(boost);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    query.visit(visitor);
  }

  /** As the query itself, with the ways that the segments were searched. */
  @Override
  public String toString(String defaultField) {
    return query.describe(", " + segments);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof NearestDocumentsQuery other
        && reader.equals(other.reader)
        && query.equals(other.query)
        && found.equals(other.found);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), reader, query, found);
  }

  /** Scores them. */
  private final class FoundWeight extends Weight {

    private final float boost;
    private final DistanceScores scores;

    FoundWeight(float boost) {
      super(NearestDocumentsQuery.this);
      this.boost = boost;
      this.scores = new DistanceScores(query.code().bits(), boost);
    }

    @Override
    public ScorerSupplier scorerSupplier(LeafReaderContext context) {
      int from = found.positionFrom(context.docBase);
      int end = end(context);
      return from == end
          ? null
          : new DefaultScorerSupplier(
              new FoundScorer(found, from, end, context.docBase, scores, query.code().bits()));
    }

    private int end(LeafReaderContext context) {
      return found.positionFrom(context.docBase + context.reader().maxDoc());
    }

    @Override
    public int count(LeafReaderContext context) {
      return end(context) - found.positionFrom(context.docBase);
    }

    @Override
    public Explanation explain(LeafReaderContext context, int doc) {
      int position = found.positionFrom(context.docBase + doc);
      if (position == found.size() || found.document(position) != context.docBase + doc) {
        return Explanation.noMatch("the code is not among the [" + query.k() + "] nearest");
      }
      int distance = found.distance(position);
      return Explanation.match(
          scores.score(distance),
          "score, computed as boost * (bits - distance) / bits from:",
          Explanation.match(distance, "distance, bits that differ from [" + query.code() + "]"),
          Explanation.match(query.code().bits(), "bits, width of the codes"),
          Explanation.match(boost, "boost"));
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
      return true;
    }
  }
}
