// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;

/** The ways to find the documents of a segment; all find the same. */
public enum SearchPath {

  /** The chunk terms in the index, then the codes of the documents that share a chunk. */
  CHUNKS,

  /** Word columns in memory, all of them from front to back. */
  COLUMN_SCAN,

  /** Word columns in memory whose codes are clustered: only the clusters near enough, if few. */
  CLUSTERS,

  /** Word columns in memory, only the documents that the rest of the query leaves. */
  COLUMN_LOOKUP,

  /** The stored doc values. */
  DOC_VALUES,

  /** No codes are read: every document that has one matches. */
  EXISTS;

  /** Its name in an explanation. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * How many segments one search has searched in which way, for its profile. It is a query that
   * finds nothing, because the profile of a search shows the queries that weights were made of: a
   * child of the query that searches, which itself never changes.
   */
  static final class Segments extends Query {

    private final Map<SearchPath, LongAdder> segments = new EnumMap<>(SearchPath.class);

    Segments() {
      for (SearchPath path : SearchPath.values()) {
        segments.put(path, new LongAdder());
      }
    }

    /** The ways that were taken. */
    Set<SearchPath> taken() {
      Set<SearchPath> taken = EnumSet.noneOf(SearchPath.class);
      segments.forEach((path, count) -> taken.addAll(count.sum() > 0 ? Set.of(path) : Set.of()));
      return taken;
    }

    void count(SearchPath path) {
      segments.get(path).increment();
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
      return new SegmentWeight(this) {
        @Override
        public ScorerSupplier scorerSupplier(LeafReaderContext context) {
          return null;
        }

        @Override
        public Explanation explain(LeafReaderContext context, int doc) {
          return Explanation.noMatch("it finds nothing");
        }

        @Override
        public boolean isCacheable(LeafReaderContext context) {
          return false;
        }
      };
    }

    @Override
    public void visit(QueryVisitor visitor) {}

    /** The ways with their segments, as they are now. */
    @Override
    public String toString(String defaultField) {
      StringJoiner ways = new StringJoiner(", ", "segments={", "}");
      segments.forEach(
          (path, count) -> {
            if (count.sum() > 0) {
              ways.add(path + "=" + count.sum());
            }
          });
      return ways.toString();
    }

    @Override
    public boolean equals(Object o) {
      return this == o;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
