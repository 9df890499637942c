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
import org.semantichash.benchmarks.harness.Contestant;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.oracle.CodeSet;

/** Some clients that search at once in one way, in turns, and what all turns came to. */
final class SearchClients {

  private final SearchNode node;
  private final PeerIndex index;
  private final Contestant contestant;
  private final int clients;
  private final int queries;
  private final Times times;
  private double seconds;
  private double processorSeconds;

  SearchClients(SearchNode node, Peer peer, int clients, long[][] queries, Oracle oracle)
      throws IOException {
    this.node = node;
    this.index = peer.index();
    this.contestant = peer.contestant(node.http(index), node.codes(), queries, oracle);
    this.clients = clients;
    this.queries = queries.length;
    this.times = new Times(contestant);
    for (int query = 0; query < queries.length; query++) {
      oracle.nearest(query, PeerSearches.K); // now, not while it is measured
    }
  }

  /** A turn each that does not count, then so many that do; gives the rows. */
  static List<Map<String, Object>> takeTurns(
      List<SearchClients> all, int turns, double turnSeconds, CodeSet codes) throws IOException {
    for (SearchClients contestant : all) {
      contestant.warmUp(turnSeconds);
    }
    for (int turn = 0; turn < turns; turn++) {
      for (SearchClients contestant : all) {
        contestant.search(turnSeconds);
      }
    }
    return all.stream().map(contestant -> contestant.row(codes)).toList();
  }

  /** A turn that does not count. */
  void warmUp(double turnSeconds) throws IOException {
    search(turnSeconds, new Times(contestant));
  }

  /** All clients search until the time is over; every answer is checked. */
  void search(double turnSeconds) throws IOException {
    Duration before = node.processorTime(index);
    seconds += search(turnSeconds, times);
    processorSeconds += node.processorTime(index).minus(before).toNanos() / 1e9;
  }

  private double search(double turnSeconds, Times into) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    long start = System.nanoTime();
    long end = start + (long) (turnSeconds * 1e9);
    AtomicInteger next = new AtomicInteger();
    Callable<Void> client =
        () -> {
          while (System.nanoTime() < end) {
            int query = next.getAndIncrement() % queries;
            into.add(query, contestant.search().answer(query));
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
    return (System.nanoTime() - start) / 1e9;
  }

  /** The 99th percentile, in milliseconds. */
  double p99() {
    return times.millis(99);
  }

  /** The columns of a row. */
  Map<String, Object> row(CodeSet codes) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("contestant", times.name());
    row.put("documents", codes.size());
    row.put("bits", codes.bits());
    row.put("codes", codes.kind().toString());
    row.put("k", PeerSearches.K);
    row.put("clients", clients);
    row.putAll(times.values());
    row.put("queries_per_second", times.count() / seconds);
    row.put("node_cpu_us_per_query", 1e6 * processorSeconds / times.count());
    return row;
  }
}
