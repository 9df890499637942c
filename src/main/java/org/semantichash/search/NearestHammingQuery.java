// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
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

  private final Comparison comparison;
  private final int k;
  private final Query filter; // null: all documents
  private final SearchCosts costs;
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
        new Comparison(field, code, maxDistance, columns, timeout),
        k,
        filter,
        SearchCosts.MEASURED,
        NearestSearch.RANGE);
  }

  /** The nearest of all documents, with the searcher's own timeout. */
  public NearestHammingQuery(
      CodeField field, BinaryCode code, int k, int maxDistance, ColumnSource columns) {
    this(field, code, k, null, maxDistance, columns, IndexSearcher::getTimeout);
  }

  /** Searches in a given way: for tests. */
  NearestHammingQuery(Comparison comparison, int k, Query filter, SearchCosts costs, int range) {
    if (k < 1) {
      throw new IllegalArgumentException("[k] must be at least [1], got [" + k + "]");
    }
    this.comparison = comparison;
    this.k = k;
    this.filter = filter;
    this.costs = costs;
    this.range = range;
  }

  /** The field that holds the codes. */
  public CodeField field() {
    return comparison.field();
  }

  /** The code that stored codes are compared with. */
  public BinaryCode code() {
    return comparison.code();
  }

  /** How many documents match at most. */
  public int k() {
    return k;
  }

  /** The largest distance that matches, in bits. */
  public int maxDistance() {
    return comparison.maxDistance();
  }

  Comparison comparison() {
    return comparison;
  }

  /** What the documents must match to be looked at; null when all are. */
  Query filter() {
    return filter;
  }

  SearchCosts costs() {
    return costs;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    NearestSearch search = new NearestSearch(this, searcher, range);
    FoundCodes found = search.find();
    return found.size() == 0
        ? new MatchNoDocsQuery("no document has a code within [max_distance]")
        : new NearestDocumentsQuery(this, found, searcher.getIndexReader(), search.searched());
  }

  @Override
  public void visit(QueryVisitor visitor) {
    comparison.visit(this, visitor);
  }

  @Override
  public String toString(String defaultField) {
    return describe("");
  }

  /**
   * The query and what was found out about it.
   *
   * @param segments in how many of them it went which way
   */
  String describe(String segments) {
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
        + segments
        + ")";
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof NearestHammingQuery other
        && k == other.k
        && Objects.equals(filter, other.filter)
        && comparison.equals(other.comparison);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), comparison, k, filter);
  }
}
