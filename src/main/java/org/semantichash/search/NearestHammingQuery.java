// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;

/**
 * Matches the k documents of the whole index whose codes are nearest to a given one, ties by the
 * lowest document number, and scores them by {@link HammingSimilarity} times the boost.
 *
 * <p>The result is exact. Deleted documents and documents without a code never match. A filter of
 * the query's own says among which documents the nearest are looked for; other clauses beside this
 * query only leave fewer of the k documents. As Lucene's own queries for the nearest vectors do, it
 * searches when it is rewritten, with the threads of the searcher; what it is rewritten to can only
 * be used with the same reader.
 */
public final class NearestHammingQuery extends Query {

  private final HammingClause clause;
  private final int k;
  private final Query filter; // null: all documents
  private final SearchTuning.Costs costs;
  private final int range;

  /**
   * Matches the nearest documents.
   *
   * @param field the field that holds the codes
   * @param code the code to compare with, of the same width
   * @param k how many documents match at most, 1 or more
   * @param filter only documents that match it are looked at; null for all
   * @param maxDistance the largest distance that matches, 0 to the code's bits
   * @param columns where to get the codes from in memory; what is found does not depend on it
   * @param timeout what ends the search of a searcher early, or throws to do so; asked by several
   *     threads, about every 100,000 codes; null when nothing does
   * @throws IllegalArgumentException when a number is out of range
   */
  public NearestHammingQuery(
      CodeField field,
      BinaryCode code,
      int k,
      Query filter,
      int maxDistance,
      ColumnSource columns,
      Function<IndexSearcher, QueryTimeout> timeout) {
    this(
        new HammingClause(field, code, maxDistance, columns, timeout),
        k,
        filter,
        SearchTuning.Costs.MEASURED,
        NearestSearch.RANGE);
  }

  /** The nearest of all documents, with the searcher's own timeout. */
  public NearestHammingQuery(
      CodeField field, BinaryCode code, int k, int maxDistance, ColumnSource columns) {
    this(field, code, k, null, maxDistance, columns, IndexSearcher::getTimeout);
  }

  /** Searches in a given way: for tests. */
  NearestHammingQuery(
      HammingClause clause, int k, Query filter, SearchTuning.Costs costs, int range) {
    if (k < 1) {
      throw new IllegalArgumentException("[k] must be at least [1], got [" + k + "]");
    }
    this.clause = clause;
    this.k = k;
    this.filter = filter;
    this.costs = costs;
    this.range = range;
  }

  /** The field that holds the codes. */
  public CodeField field() {
    return clause.field();
  }

  /** The code that stored codes are compared with. */
  public BinaryCode code() {
    return clause.code();
  }

  /** How many documents match at most. */
  public int k() {
    return k;
  }

  /** The largest distance that matches, in bits. */
  public int maxDistance() {
    return clause.maxDistance();
  }

  HammingClause clause() {
    return clause;
  }

  /** What the documents must match to be looked at; null when all are. */
  Query filter() {
    return filter;
  }

  SearchTuning.Costs costs() {
    return costs;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    NearestSearch search = new NearestSearch(this, searcher, range);
    FoundCodes found = search.find();
    return found.size() == 0
        ? new MatchNoDocsQuery("no document has a code within [max_distance]")
        : new FoundDocuments(this, found, searcher.getIndexReader(), search.searched());
  }

  @Override
  public void visit(QueryVisitor visitor) {
    clause.visit(this, visitor);
  }

  @Override
  public String toString(String defaultField) {
    return "NearestHammingQuery(field="
        + field().name()
        + ", code="
        + code()
        + ", bits="
        + code().bits()
        + ", k="
        + k
        + (filter == null ? "" : ", filter=" + filter)
        + ", max_distance="
        + maxDistance()
        + ")";
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof NearestHammingQuery other
        && k == other.k
        && Objects.equals(filter, other.filter)
        && clause.equals(other.clause);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), clause, k, filter);
  }

  /** The documents that a {@link NearestHammingQuery} has found with one reader. */
  static final class FoundDocuments extends Query {

    private final NearestHammingQuery query;
    private final FoundCodes found;
    private final Object reader;
    private final SearchPath.Segments searched;

    /**
     * What was found.
     *
     * @param found documents of the whole index
     * @param reader what was searched
     * @param searched which way, for the profile
     */
    FoundDocuments(
        NearestHammingQuery query,
        FoundCodes found,
        IndexReader reader,
        SearchPath.Segments searched) {
      this.query = query;
      this.found = found;
      this.reader = reader.getContext().id();
      this.searched = searched;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
        throws IOException {
      if (reader.equals(searcher.getIndexReader().getContext().id()) == false) {
        throw new IllegalStateException(
            "the documents of [" + query + "] were found with another reader");
      }
      // With scores, so that nobody caches it.
      searcher.createWeight(searched, ScoreMode.COMPLETE, boost);
      return new FoundWeight(boost);
    }

    @Override
    public void visit(QueryVisitor visitor) {
      query.visit(visitor);
    }

    @Override
    public String toString(String defaultField) {
      return query.toString(defaultField);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof FoundDocuments other
          && reader.equals(other.reader)
          && query.equals(other.query)
          && found.equals(other.found);
    }

    @Override
    public int hashCode() {
      return Objects.hash(classHash(), reader, query, found);
    }

    /** Scores them. */
    private final class FoundWeight extends SegmentWeight {

      private final float boost;
      private final DistanceScorer.Scores scores;

      FoundWeight(float boost) {
        super(FoundDocuments.this);
        this.boost = boost;
        this.scores = new DistanceScorer.Scores(query.code().bits(), boost);
      }

      @Override
      public ScorerSupplier scorerSupplier(LeafReaderContext context) {
        int from = found.positionFrom(context.docBase);
        int end = end(context);
        return from == end
            ? null
            : new DefaultScorerSupplier(
                found.scorer(from, end, context.docBase, scores, query.code().bits()));
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
}
