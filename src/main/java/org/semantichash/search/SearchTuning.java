// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
