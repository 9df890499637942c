// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.tests.search.QueryUtils;

/** Lucene's checks of a query that, once rewritten, can only be used with the same reader. */
final class RewrittenQueryChecks {

  private RewrittenQueryChecks() {}

  static void check(Random random, Query query, IndexSearcher searcher) throws IOException {
    QueryUtils.check(random, query, searcher);
  }
}
