// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.WordColumns;

/**
 * Which codes a query compares with which code. Two are equal when they find the same: where the
 * codes are read from does not count.
 *
 * @param field the field that holds the codes
 * @param code the code to compare with, of the same width
 * @param maxDistance the largest distance that matches, 0 to the code's bits
 * @param columns where to get the codes from in memory; what is found does not depend on it
 * @param timeout what ends the search of a searcher early, or throws to do so
 */
record HammingClause(
    CodeField field,
    BinaryCode code,
    int maxDistance,
    ColumnSource columns,
    Function<IndexSearcher, QueryTimeout> timeout) {

  /**
   * Checks the distance.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  HammingClause {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(timeout, "timeout");
    if (maxDistance < 0 || maxDistance > code.bits()) {
      throw new IllegalArgumentException(
          "[max_distance] must be between [0] and ["
              + code.bits()
              + "], the bits of the code, got ["
              + maxDistance
              + "]");
    }
  }

  /** The same without an end to its time: for tests and benchmarks. */
  HammingClause(CodeField field, BinaryCode code, int maxDistance, ColumnSource columns) {
    this(field, code, maxDistance, columns, searcher -> null);
  }

  /** What ends the search of a searcher early. */
  QueryTimeout timeout(IndexSearcher searcher) {
    QueryTimeout ends = timeout.apply(searcher);
    return ends == null ? ColumnSource.NO_TIMEOUT : ends;
  }

  /** The columns of a segment, built now if need be; null when there are none. */
  WordColumns columns(LeafReader segment, QueryTimeout ends) throws IOException {
    return columns.columns(segment, field, code.bits(), ends);
  }

  /** The columns of a segment when somebody has built them, else null. */
  WordColumns columnsIfBuilt(LeafReader segment) {
    return columns.columnsIfBuilt(segment, field, code.bits());
  }

  /** Shows a visitor the query, a leaf of this field. */
  void visit(Query query, QueryVisitor visitor) {
    if (visitor.acceptField(field.name())) {
      visitor.visitLeaf(query);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof HammingClause other
        && maxDistance == other.maxDistance
        && field.equals(other.field)
        && code.equals(other.code);
  }

  @Override
  public int hashCode() {
    return Objects.hash(field, code, maxDistance);
  }
}
