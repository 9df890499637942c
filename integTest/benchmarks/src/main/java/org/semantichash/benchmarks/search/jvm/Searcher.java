// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.semantichash.benchmarks.harness.Contestant.Answer;
import org.semantichash.search.HammingSimilarity;

/** Searches an index with one thread or several that share each segment. */
final class Searcher implements AutoCloseable {

  private final int bits;
  private final ExecutorService executor;
  private final IndexSearcher searcher;

  Searcher(IndexReader reader, int bits, int threads) {
    this.bits = bits;
    this.executor = threads == 1 ? null : Executors.newFixedThreadPool(threads);
    this.searcher = threads == 1 ? new IndexSearcher(reader) : parallel(reader, executor, threads);
    searcher.setQueryCache(null);
  }

  private static IndexSearcher parallel(IndexReader reader, ExecutorService pool, int threads) {
    int part = Math.ceilDiv(reader.maxDoc(), threads);
    return new IndexSearcher(reader, pool) {
      @Override
      protected LeafSlice[] slices(List<LeafReaderContext> leaves) {
        return slices(leaves, part, leaves.size(), true);
      }
    };
  }

  /**
   * The nearest documents, timed.
   *
   * @param counted how many hits are counted before worse ones may be left out
   */
  Answer nearest(Query query, int k, int counted) throws IOException {
    long start = System.nanoTime();
    TopDocs hits = searcher.search(query, new TopScoreDocCollectorManager(k, null, counted));
    long nanos = System.nanoTime() - start;
    int[] distances = new int[hits.scoreDocs.length];
    for (int i = 0; i < distances.length; i++) {
      ScoreDoc hit = hits.scoreDocs[i];
      distances[i] = HammingSimilarity.distance(bits, hit.score);
    }
    return new Answer(nanos, distances);
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdown();
    }
  }
}
