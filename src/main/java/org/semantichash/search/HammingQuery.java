/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.search;

import java.util.Objects;
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

  private final CodeField field;
  private final BinaryCode code;
  private final int maxDistance;
  private final ColumnSource columns;
  private final ColumnAccess access;
  private final SearchCosts costs;
  private final SearchedSegments searched = new SearchedSegments();

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
   * @throws IllegalArgumentException when the distance is out of range
   */
  public HammingQuery(CodeField field, BinaryCode code, int maxDistance, ColumnSource columns) {
    this(field, code, maxDistance, columns, ColumnAccess.FASTEST, SearchCosts.MEASURED);
  }

  /** Reads the columns in a given way: for tests and benchmarks. */
  HammingQuery(
      CodeField field,
      BinaryCode code,
      int maxDistance,
      ColumnSource columns,
      ColumnAccess access) {
    this(field, code, maxDistance, columns, access, SearchCosts.MEASURED);
  }

  /** Chooses by given costs: for tests. */
  HammingQuery(
      CodeField field, BinaryCode code, int maxDistance, ColumnSource columns, SearchCosts costs) {
    this(field, code, maxDistance, columns, ColumnAccess.FASTEST, costs);
  }

  private HammingQuery(
      CodeField field,
      BinaryCode code,
      int maxDistance,
      ColumnSource columns,
      ColumnAccess access,
      SearchCosts costs) {
    this.access = Objects.requireNonNull(access, "access");
    this.costs = Objects.requireNonNull(costs, "costs");
    this.field = Objects.requireNonNull(field, "field");
    this.code = Objects.requireNonNull(code, "code");
    this.columns = Objects.requireNonNull(columns, "columns");
    this.maxDistance = checkDistance(maxDistance, code);
  }

  static int checkDistance(int maxDistance, BinaryCode code) {
    if (maxDistance < 0 || maxDistance > code.bits()) {
      throw new IllegalArgumentException(
          "[max_distance] must be between [0] and ["
              + code.bits()
              + "], the bits of the code, got ["
              + maxDistance
              + "]");
    }
    return maxDistance;
  }

  /** The field that holds the codes. */
  public CodeField field() {
    return field;
  }

  /** Where the codes in memory come from. */
  ColumnSource columns() {
    return columns;
  }

  /** How to read them. */
  ColumnAccess access() {
    return access;
  }

  /** What the ways to search cost. */
  SearchCosts costs() {
    return costs;
  }

  /** What was searched so far with this query. */
  SearchedSegments searched() {
    return searched;
  }

  /** The code that stored codes are compared with. */
  public BinaryCode code() {
    return code;
  }

  /** The largest distance that matches, in bits. */
  public int maxDistance() {
    return maxDistance;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    return new HammingWeight(this, scoreMode, boost);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(field.name())) {
      visitor.visitLeaf(this);
    }
  }

  /**
   * The query, and once it has searched, in how many segments it went which way: what the profile
   * of a search shows.
   */
  @Override
  public String toString(String defaultField) {
    return "HammingQuery(field="
        + field.name()
        + ", code="
        + code
        + ", bits="
        + code.bits()
        + ", max_distance="
        + maxDistance
        + searched
        + ")";
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof HammingQuery other
        && maxDistance == other.maxDistance
        && field.equals(other.field)
        && code.equals(other.code);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), field, code, maxDistance);
  }
}
