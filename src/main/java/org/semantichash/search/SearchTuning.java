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

import java.util.function.Consumer;

/**
 * How a query chooses its way and walks it; what is found does not depend on it.
 *
 * @param access how to read columns
 * @param costs what the ways to search cost
 * @param watch is told the way that each segment is searched
 */
record SearchTuning(ColumnAccess access, SearchCosts costs, Consumer<SearchPath> watch) {

  /** The fastest on this machine, by measured costs. */
  static final SearchTuning MEASURED =
      new SearchTuning(ColumnAccess.FASTEST, SearchCosts.MEASURED, path -> {});

  /** The same with other costs. */
  SearchTuning with(SearchCosts others) {
    return new SearchTuning(access, others, watch);
  }

  /** The same with another way to read columns. */
  SearchTuning with(ColumnAccess other) {
    return new SearchTuning(other, costs, watch);
  }

  /** The same, watched. */
  SearchTuning with(Consumer<SearchPath> other) {
    return new SearchTuning(access, costs, other);
  }
}
