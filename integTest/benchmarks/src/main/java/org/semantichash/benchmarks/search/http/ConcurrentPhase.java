// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Contestant;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.oracle.CodeSet;

/** One client and sixteen at once; the contestants take turns. */
public final class ConcurrentPhase {

  public static final String NAME = "concurrent";

  private static final List<Integer> CLIENTS = List.of(1, 16);
  private static final int TURNS = 4; // the first is not counted
  private static final int QUERIES = 200;

  private final Scale scale;
  private final SearchNode node;
  private final double turnSeconds;

  public ConcurrentPhase(Scale scale, SearchNode node) {
    this.scale = scale;
    this.node = node;
    this.turnSeconds = scale.isFull() ? 6 : 1;
  }

  public BenchmarkStep step() {
    boolean graph = scale.graphs().contains(CodeSet.Kind.CLUSTERED);
    String definition =
        CLIENTS
            + " clients, "
            + scale.httpDocuments()
            + " clustered codes of 128 bits"
            + (graph ? ", with hnsw" : "");
    double seconds =
        20
            + CLIENTS.size() * TURNS * 9 * turnSeconds
            + scale.httpDocuments() / 1e6 * (graph ? 680 : 80);
    return new BenchmarkStep(NAME, definition, seconds, () -> measure(graph));
  }

  /** What one contestant did in all its turns with so many clients. */
  private static final class Turns {

    private final Peer peer;
    private final Contestant contestant;
    private final Times times;
    private double seconds;
    private double processorSeconds;

    Turns(Peer peer, Contestant contestant) {
      this.peer = peer;
      this.contestant = contestant;
      this.times = new Times(contestant);
    }
  }

  private List<Map<String, Object>> measure(boolean graph) throws IOException {
    CodeSet codes = node.codes(CodeSet.Kind.CLUSTERED);
    long[][] queries = codes.queries(QUERIES);
    Oracle oracle = new Oracle(codes, queries);
    for (int query = 0; query < QUERIES; query++) {
      oracle.nearest(query, PeerSearches.K); // now, not while it is measured
    }
    List<Peer> peers = Peer.all(node, codes, graph);
    for (Peer peer : peers) {
      node.index(peer.index());
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int clients : CLIENTS) {
      List<Turns> all = new ArrayList<>();
      for (Peer peer : peers) {
        all.add(new Turns(peer, peer.contestant(node.http(peer.index()), codes, queries, oracle)));
      }
      for (int turn = 0; turn < TURNS; turn++) {
        for (Turns turns : all) {
          turn(turn == 0 ? new Turns(turns.peer, turns.contestant) : turns, clients);
        }
      }
      all.forEach(turns -> rows.add(row(codes, turns, clients)));
    }
    return rows;
  }

  /** All clients search until the time is over. */
  private void turn(Turns turns, int clients) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    Duration before = node.processorTime(turns.peer.index());
    long start = System.nanoTime();
    long end = start + (long) (turnSeconds * 1e9);
    AtomicInteger next = new AtomicInteger();
    Callable<Void> client =
        () -> {
          while (System.nanoTime() < end) {
            int query = next.getAndIncrement() % QUERIES;
            turns.times.add(query, turns.contestant.search().answer(query));
          }
          return null;
        };
    try {
      List<Future<Void>> ends = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        ends.add(threads.submit(client));
      }
      for (Future<Void> one : ends) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while searching", e);
    } finally {
      threads.shutdownNow();
    }
    turns.seconds += (System.nanoTime() - start) / 1e9;
    turns.processorSeconds += node.processorTime(turns.peer.index()).minus(before).toNanos() / 1e9;
  }

  private static Map<String, Object> row(CodeSet codes, Turns turns, int clients) {
    Times times = turns.times;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("contestant", times.name());
    row.put("documents", codes.size());
    row.put("bits", codes.bits());
    row.put("codes", codes.kind().toString());
    row.put("k", PeerSearches.K);
    row.put("clients", clients);
    row.putAll(times.values());
    row.put("queries_per_second", times.count() / turns.seconds);
    row.put("node_cpu_us_per_query", 1e6 * turns.processorSeconds / times.count());
    return row;
  }
}
