// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.http.Http;
import org.semantichash.it.oracle.CodeSet;

/**
 * Searches while documents are written and shown every second. What is written replaces documents
 * by themselves, so that segments come, lose documents and merge, and the right answers stay.
 */
public final class IndexingPhase {

  public static final String NAME = "indexing";

  private static final int CLIENTS = 4;
  private static final int WRITTEN_PER_SECOND = 2000;
  private static final int BULK_DOCUMENTS = 200;
  private static final int QUERIES = 200;

  private final Scale scale;
  private final SearchNode node;
  private final double seconds;

  public IndexingPhase(Scale scale, SearchNode node) {
    this.scale = scale;
    this.node = node;
    this.seconds = scale.isFull() ? 30 : 1;
  }

  public BenchmarkStep step() {
    String definition =
        CLIENTS
            + " clients, "
            + WRITTEN_PER_SECOND
            + " documents a second, "
            + scale.httpDocuments()
            + " clustered codes of "
            + SearchNode.BITS
            + " bits";
    double expected = 20 + 6 * seconds + scale.httpDocuments() / 1e6 * 120;
    return new BenchmarkStep(NAME, definition, expected, this::measure);
  }

  private List<Map<String, Object>> measure() throws IOException {
    CodeSet codes = node.codes(CodeSet.Kind.CLUSTERED);
    long[][] queries = codes.queries(QUERIES);
    Oracle oracle = new Oracle(codes, queries);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Peer peer : List.of(Peer.SEMANTIC_HASH, Peer.EAGER, Peer.FLAT)) {
      node.index(peer.index());
      SearchClients quiet = new SearchClients(node, peer, CLIENTS, queries, oracle);
      quiet.warmUp(seconds / 4);
      quiet.search(seconds);
      rows.add(row(quiet, quiet, 0));
      SearchClients busy = new SearchClients(node, peer, CLIENTS, queries, oracle);
      try (Writer writer = new Writer(node.http(peer.index()), peer.index(), codes)) {
        busy.warmUp(seconds / 4);
        long before = writer.written();
        long start = System.nanoTime();
        busy.search(seconds);
        double rate = (writer.written() - before) / ((System.nanoTime() - start) / 1e9);
        rows.add(row(busy, quiet, rate));
      }
      node.delete(peer.index()); // it has more segments than other phases expect
    }
    return rows;
  }

  private Map<String, Object> row(SearchClients measured, SearchClients quiet, double rate)
      throws IOException {
    Map<String, Object> row = measured.row(node.codes());
    row.put("written_per_second", rate);
    row.put("p99_to_quiet", measured.p99() / quiet.p99());
    return row;
  }

  /** Writes documents again and again, from one thread, at the wanted speed if the node can. */
  private static final class Writer implements AutoCloseable {

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();
    private final CompletableFuture<Void> end;

    Writer(Http http, PeerIndex index, CodeSet codes) throws IOException {
      Map<String, Object> everySecond = Map.of("index.refresh_interval", "1s");
      http.put("/" + index.indexName() + "/_settings", everySecond).ok();
      end = CompletableFuture.runAsync(() -> write(http, index, codes));
    }

    private void write(Http http, PeerIndex index, CodeSet codes) {
      long start = System.nanoTime();
      while (stop.get() == false) {
        int from = (int) (written.get() % Math.max(1, codes.size() - BULK_DOCUMENTS));
        try {
          PeerIndexBuild.bulk(http, index, codes, from, from + BULK_DOCUMENTS);
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
        long due = start + written.addAndGet(BULK_DOCUMENTS) * 1_000_000_000L / WRITTEN_PER_SECOND;
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }

    long written() {
      return written.get();
    }

    @Override
    public void close() {
      stop.set(true);
      end.join();
    }
  }
}
