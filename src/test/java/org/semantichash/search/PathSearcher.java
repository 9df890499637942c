// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.tests.search.AssertingIndexSearcher;
import org.apache.lucene.tests.util.LuceneTestCase;

/** Sees, as a profiler does, in which ways the segments of its last searches were searched. */
final class PathSearcher extends AssertingIndexSearcher {

  private final Queue<SearchPath.Segments> searched = new ConcurrentLinkedQueue<>();

  PathSearcher(IndexReader reader) {
    super(LuceneTestCase.random(), reader);
  }

  @Override
  public Weight createWeight(Query query, ScoreMode scoreMode, float boost) throws IOException {
    if (query instanceof SearchPath.Segments segments) {
      searched.add(segments);
    }
    return super.createWeight(query, scoreMode, boost);
  }

  /** The ways since the last call. */
  Set<SearchPath> takePaths() {
    Set<SearchPath> paths = EnumSet.noneOf(SearchPath.class);
    searched.forEach(segments -> paths.addAll(segments.taken()));
    searched.clear();
    return paths;
  }
}
