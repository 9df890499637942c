// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
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

/** Sixteen clients at once; the contestants take turns. */
public final class ConcurrentPhase {

  public static final String NAME = "concurrent";

  private static final int CLIENTS = 16;
  private static final int TURNS = 3; // the first is not counted
  private static final int QUERIES = 200;

  private final Scale scale;
  private final SearchNode node;
  private final double turnSeconds;

  public ConcurrentPhase(Scale scale, SearchNode node) {
    this.scale = scale;
    this.node = node;
    this.turnSeconds = scale.isFull() ? 10 : 2;
  }

  public BenchmarkStep step() {
    String definition =
        CLIENTS + " clients, " + scale.httpDocuments() + " clustered codes of 128 bits";
    double seconds = 20 + TURNS * 3 * turnSeconds + scale.httpDocuments() / 1e6 * 80;
    return new BenchmarkStep(NAME, definition, seconds, this::measure);
  }

  private List<Map<String, Object>> measure() throws IOException {
    CodeSet codes = node.codes(CodeSet.Kind.CLUSTERED);
    long[][] queries = codes.queries(QUERIES);
    Oracle oracle = new Oracle(codes, queries);
    for (int query = 0; query < QUERIES; query++) {
      oracle.nearest(query, PeerSearches.K); // now, not while it is measured
    }
    List<Peer> peers = new ArrayList<>(List.of(Peer.SEMANTIC_HASH));
    node.index(PeerIndex.SEMANTIC_HASH);
    if (Peer.knowsK(node, codes)) {
      peers.add(Peer.SEMANTIC_HASH_K);
    }
    peers.add(Peer.FLAT);
    List<Contestant> contestants = new ArrayList<>();
    for (Peer peer : peers) {
      node.index(peer.index());
      contestants.add(peer.contestant(node.http(), codes, queries, oracle));
    }
    List<Times> times = new ArrayList<>(contestants.stream().map(Times::new).toList());
    double[] seconds = new double[times.size()];
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i < times.size(); i++) {
        Times into = turn == 0 ? new Times(contestants.get(i)) : times.get(i);
        seconds[i] += (turn == 0 ? 0 : 1) * turn(contestants.get(i), into);
      }
    }
    return rows(codes, times, seconds);
  }

  /** All clients search until the time is over; the seconds it took. */
  private double turn(Contestant contestant, Times times) throws IOException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    long start = System.nanoTime();
    long end = start + (long) (turnSeconds * 1e9);
    AtomicInteger next = new AtomicInteger();
    Callable<Void> client =
        () -> {
          while (System.nanoTime() < end) {
            int query = next.getAndIncrement() % QUERIES;
            times.add(query, contestant.search().answer(query));
          }
          return null;
        };
    try {
      List<Future<Void>> ends = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        ends.add(clients.submit(client));
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
      clients.shutdownNow();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static List<Map<String, Object>> rows(CodeSet codes, List<Times> all, double[] seconds) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("contestant", all.get(i).name());
      row.put("documents", codes.size());
      row.put("bits", codes.bits());
      row.put("codes", codes.kind().toString());
      row.put("k", PeerSearches.K);
      row.put("clients", CLIENTS);
      row.putAll(all.get(i).values());
      row.put("queries_per_second", all.get(i).count() / seconds[i]);
      rows.add(row);
    }
    return rows;
  }
}
