// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import org.elasticsearch.index.shard.SearchOperationListener;
import org.elasticsearch.search.internal.SearchContext;

/**
 * Is told when a search begins to work on a shard, once for each of its phases; not of the phase
 * that counts terms for {@code dfs_query_then_fetch}, of which 8.19 says nothing.
 */
public interface SearchPhases extends SearchOperationListener {

  void begin(SearchContext context);

  @Override
  default void onPreQueryPhase(SearchContext context) {
    begin(context);
  }

  @Override
  default void onPreFetchPhase(SearchContext context) {
    begin(context);
  }
}
