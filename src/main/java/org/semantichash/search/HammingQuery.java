// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeDocValues;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;

/**
 * Matches documents by the Hamming distance between their code and a given one, and scores them by
 * {@link HammingSimilarity} times the boost.
 *
 * <p>Without a largest distance every document that has a code matches; with one, exactly those
 * within it, all of them. A document without a code never matches. Codes are those that {@link
 * CodeDocValues#field} stored.
 */
public final class HammingQuery extends Query {

  private final Comparison comparison;
  private final SearchTuning tuning;

  /** Matches every document that has a code. */
  public HammingQuery(String field, BinaryCode code) {
    this(field, code, code.bits());
  }

  /**
   * Matches every document whose code is within a distance.
   *
   * @param field the field that holds the codes
   * @param code the code to compare with, of the same width
   * @param maxDistance the largest distance that matches, 0 to the code's bits
   * @throws IllegalArgumentException when the distance is out of range
   */
  public HammingQuery(String field, BinaryCode code, int maxDistance) {
    this(CodeField.plain(field), code, maxDistance, ColumnSource.NONE);
  }

  /**
   * Matches every document whose code is within a distance.
   *
   * @param field the field that holds the codes
   * @param code the code to compare with, of the same width
   * @param maxDistance the largest distance that matches, 0 to the code's bits
   * @param columns where to get the codes from in memory; what is found does not depend on it
   * @param timeout what ends the building of columns for a searcher early, or throws to do so; null
   *     when nothing does
   * @throws IllegalArgumentException when the distance is out of range
   */
  public HammingQuery(
      CodeField field,
      BinaryCode code,
      int maxDistance,
      ColumnSource columns,
      Function<IndexSearcher, QueryTimeout> timeout) {
    this(new Comparison(field, code, maxDistance, columns, timeout), SearchTuning.MEASURED);
  }

  /** The same with the searcher's own timeout. */
  public HammingQuery(CodeField field, BinaryCode code, int maxDistance, ColumnSource columns) {
    this(field, code, maxDistance, columns, IndexSearcher::getTimeout);
  }

  /** Searches in a given way: for tests and benchmarks. */
  HammingQuery(Comparison comparison, SearchTuning tuning) {
    this.comparison = comparison;
    this.tuning = Objects.requireNonNull(tuning, "tuning");
  }

  /** The field that holds the codes. */
  public CodeField field() {
    return comparison.field();
  }

  /** What is compared with what. */
  Comparison comparison() {
    return comparison;
  }

  /** How to search. */
  SearchTuning tuning() {
    return tuning;
  }

  /** The code that stored codes are compared with. */
  public BinaryCode code() {
    return comparison.code();
  }

  /** The largest distance that matches, in bits. */
  public int maxDistance() {
    return comparison.maxDistance();
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    return new HammingWeight(this, searcher, scoreMode, boost);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    comparison.visit(this, visitor);
  }

  @Override
  public String toString(String defaultField) {
    return "HammingQuery(field="
        + field().name()
        + ", code="
        + code()
        + ", bits="
        + code().bits()
        + ", max_distance="
        + maxDistance()
        + ")";
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof HammingQuery other && comparison.equals(other.comparison);
  }

  @Override
  public int hashCode() {
    return 31 * classHash() + comparison.hashCode();
  }
}
