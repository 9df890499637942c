// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.elasticsearch.common.lucene.search.Queries;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.Rewriteable;
import org.elasticsearch.index.query.SearchExecutionContext;

/** The documents of a shard that count: those that match a query, and are not parts of others. */
final class DocumentFilter {

  private static final int WINDOW = 1 << 14; // documents between two checks for cancellation

  private final SearchExecutionContext context;
  private final Query query;

  private DocumentFilter(SearchExecutionContext context, Query query) {
    this.context = context;
    this.query = query;
  }

  /**
   * The documents that match a query.
   *
   * @param query null for all
   * @return null when every document counts
   */
  static DocumentFilter of(QueryBuilder query, SearchExecutionContext context) throws IOException {
    boolean nested = context.nestedLookup().getNestedMappers().isEmpty() == false;
    if (query == null && nested == false) {
      return null;
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    if (query != null) {
      QueryBuilder rewritten = Rewriteable.rewrite(query, context, true);
      all.add(context.toQuery(rewritten).query(), BooleanClause.Occur.FILTER);
    }
    if (nested) {
      all.add(
          Queries.newNonNestedFilter(context.indexVersionCreated()), BooleanClause.Occur.FILTER);
    }
    return new DocumentFilter(context, all.build());
  }

  /** The bytes that the set of a reader takes. */
  static long bytes(int maxDoc) {
    return (long) FixedBitSet.bits2words(maxDoc) * Long.BYTES;
  }

  /** Searches them, [documents of the reader], with checks for cancellation in between. */
  FixedBitSet search(Runnable checkCancelled) throws IOException {
    IndexSearcher searcher = context.searcher();
    searcher.setQueryCache(null);
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    FixedBitSet found = new FixedBitSet(searcher.getIndexReader().maxDoc());
    for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
      BulkScorer scorer = weight.bulkScorer(segment);
      int next = scorer == null ? segment.reader().maxDoc() : 0;
      while (next < segment.reader().maxDoc()) {
        checkCancelled.run();
        int end = Math.min(segment.reader().maxDoc(), next + WINDOW);
        next =
            Math.max(
                end,
                scorer.score(
                    setting(found, segment.docBase), segment.reader().getLiveDocs(), next, end));
      }
    }
    return found;
  }

  private static LeafCollector setting(FixedBitSet found, int docBase) {
    return new LeafCollector() {
      @Override
      public void setScorer(Scorable scorer) {}

      @Override
      public void collect(int document) {
        found.set(docBase + document);
      }
    };
  }
}
