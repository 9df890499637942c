// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.util.List;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeField;
import org.semantichash.search.columns.CodeScan;
import org.semantichash.search.columns.ColumnSource;
import org.semantichash.search.columns.VectorScan;

/**
 * A way to search that a query cannot but take.
 *
 * @param name what a failure says
 * @param taken what the profile says
 */
record ForcedPath(String name, SearchPath taken, ColumnSource columns, SearchTuning tuning) {

  /** Look up however much the rest of a query leaves. */
  private static final double ALWAYS = Double.POSITIVE_INFINITY;

  static final List<ForcedPath> ALL =
      List.of(
          new ForcedPath(
              "doc values", SearchPath.DOC_VALUES, ColumnSource.NONE, SearchTuning.MEASURED),
          new ForcedPath(
              "scalar scan",
              SearchPath.COLUMN_SCAN,
              SomeColumns.ALL,
              SearchTuning.MEASURED.with(new CodeScan.Scalar(), 0)),
          new ForcedPath(
              "vector scan",
              SearchPath.COLUMN_SCAN,
              SomeColumns.ALL,
              SearchTuning.MEASURED.with(new VectorScan(), 0)),
          new ForcedPath(
              "clusters",
              SearchPath.CLUSTERS,
              SomeColumns.ALL_CLUSTERED,
              SearchTuning.MEASURED
                  .with(new VectorScan(), 0)
                  .with(new SearchTuning.Costs(2000, 300, 25, 0))),
          new ForcedPath(
              "look-up",
              SearchPath.COLUMN_LOOKUP,
              SomeColumns.ALL,
              SearchTuning.MEASURED.with(new CodeScan.Scalar(), ALWAYS)));

  HammingQuery query(String field, BinaryCode code, int maxDistance) {
    return new HammingQuery(
        new HammingClause(CodeField.plain(field), code, maxDistance, columns), tuning);
  }

  @Override
  public String toString() {
    return name;
  }
}
