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
