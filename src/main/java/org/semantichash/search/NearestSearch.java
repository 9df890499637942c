// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/**
 * One search for the nearest codes of an index: chunk terms first, as they give bounds, then scans
 * of what is left; each in as many threads as the searcher has.
 */
final class NearestSearch {

  /** Codes that are worth a thread when a large segment is cut. */
  static final int RANGE = 1_000_000;

  // Codes of small segments that one thread scans one after the other.
  private static final int GROUP = 250_000;

  private record Range(NearestSegment segment, int from, int to) {}

  private final NearestHammingQuery query;
  private final IndexSearcher searcher;
  private final QueryTimeout timeout;
  private final int range;
  private final int k;
  private final NearestCodes nearest;
  private final SearchPath.Segments searched = new SearchPath.Segments();

  /**
   * A search.
   *
   * @param range the fewest codes that a thread is given of a segment that is cut
   */
  NearestSearch(NearestHammingQuery query, IndexSearcher searcher, int range) {
    this.query = query;
    this.searcher = searcher;
    this.timeout = query.clause().timeout(searcher);
    this.range = range;
    this.k = NearestCodes.atMost(query.k(), searcher.getIndexReader().maxDoc());
    this.nearest = new NearestCodes(k, query.maxDistance());
  }

  /** The nearest codes, others when it runs out of time. */
  FoundCodes find() throws IOException {
    Weight filter = filterWeight();
    List<NearestSegment> segments =
        searcher.getIndexReader().leaves().stream()
            .map(leaf -> new NearestSegment(query, filter, leaf))
            .toList();
    List<Callable<Boolean>> lookups = new ArrayList<>();
    for (NearestSegment segment : segments) {
      lookups.add(() -> segment.needsScan(nearest, k, timeout, searched));
    }
    List<Boolean> needScan = searcher.getTaskExecutor().invokeAll(lookups);
    List<Callable<Void>> scans = new ArrayList<>();
    for (List<Range> group : groups(segments, needScan)) {
      scans.add(() -> scan(group));
    }
    searcher.getTaskExecutor().invokeAll(scans);
    return nearest.takeFound();
  }

  private Weight filterWeight() throws IOException {
    return query.filter() == null
        ? null
        : searcher.createWeight(searcher.rewrite(query.filter()), ScoreMode.COMPLETE_NO_SCORES, 1f);
  }

  /** Which way the segments were searched. */
  SearchPath.Segments searched() {
    return searched;
  }

  private List<List<Range>> groups(List<NearestSegment> segments, List<Boolean> needScan)
      throws IOException {
    List<List<Range>> groups = new ArrayList<>();
    List<Range> group = new ArrayList<>();
    int codes = 0;
    for (int i = 0; i < segments.size(); i++) {
      for (Range part : needScan.get(i) ? cut(segments.get(i)) : List.<Range>of()) {
        group.add(part);
        codes += part.to() - part.from();
        if (codes >= Math.min(range, GROUP)) {
          groups.add(group);
          group = new ArrayList<>();
          codes = 0;
        }
      }
    }
    groups.add(group);
    return groups;
  }

  private List<Range> cut(NearestSegment segment) throws IOException {
    long end = segment.codes().end();
    int parts = (int) Math.max(1, end / range);
    List<Range> ranges = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      ranges.add(new Range(segment, (int) (end * part / parts), (int) (end * (part + 1) / parts)));
    }
    return ranges;
  }

  private Void scan(List<Range> ranges) throws IOException {
    Scan scan = new Scan();
    for (Range part : ranges) {
      scan.scan(part.segment(), part.from(), part.to());
    }
    return null;
  }

  /** Scans ranges of segments, one after the other, for the nearest codes. */
  private final class Scan {

    private static final int BLOCK = ColumnScanScorer.BLOCK;

    // Codes between two looks at the clock.
    private static final int UNTIMED = 100 * BLOCK;

    private final int[] documents = new int[BLOCK];
    private final int[] distances = new int[BLOCK];
    private int untimed; // codes since the last look

    /** Offers the codes at these positions that compete, as long as there is time. */
    void scan(NearestSegment segment, int from, int to) throws IOException {
      assert from <= to : from + " to " + to;
      SegmentCodes codes = segment.codes();
      int base = segment.context().docBase;
      Bits accepted = segment.accepted();
      for (int start = from; start < to; start += BLOCK) {
        int limit = nearest.limit(base + codes.document(start));
        if (limit < 0 || isOver()) {
          return;
        }
        int found = codes.find(start, Math.min(to, start + BLOCK), limit, documents, distances);
        for (int i = 0; i < found; i++) {
          if (accepted == null || accepted.get(documents[i])) {
            nearest.offer(base + documents[i], distances[i]);
          }
        }
      }
    }

    private boolean isOver() {
      untimed += BLOCK;
      if (untimed < UNTIMED) {
        return false;
      }
      untimed = 0;
      return timeout.shouldExit();
    }
  }
}
