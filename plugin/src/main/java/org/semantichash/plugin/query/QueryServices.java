// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.query;

import java.util.Objects;
import org.elasticsearch.index.IndexSettings;
import org.semantichash.plugin.columns.ColumnsMode;
import org.semantichash.plugin.models.TextHashing;
import org.semantichash.search.columns.ColumnSource;

/**
 * What queries use of their node.
 *
 * @param hashing hashes texts
 * @param columns has codes in memory
 */
public record QueryServices(TextHashing hashing, ColumnSource columns) {

  /** Checks that nothing is missing. */
  public QueryServices {
    Objects.requireNonNull(hashing, "hashing");
    Objects.requireNonNull(columns, "columns");
  }

  /** The codes in memory as a query of an index may use them. */
  ColumnSource columns(IndexSettings index) {
    return ColumnsMode.of(index) == ColumnsMode.OFF ? ColumnSource.NONE : columns;
  }
}
