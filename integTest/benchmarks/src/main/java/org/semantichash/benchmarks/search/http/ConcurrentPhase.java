// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.oracle.CodeSet;

/** One client and sixteen at once; the contestants take turns. */
public final class ConcurrentPhase {

  public static final String NAME = "concurrent";

  /** The same with one shard, and with twelve on three nodes. */
  public static final String SHARDS = "shards";

  private static final List<Integer> CLIENTS = List.of(1, 16);
  private static final int TURNS = 3;
  private static final int QUERIES = 200;

  private final Scale scale;
  private final SearchNode node;
  private final double turnSeconds;

  public ConcurrentPhase(Scale scale, SearchNode node) {
    this.scale = scale;
    this.node = node;
    this.turnSeconds = scale.isFull() ? 6 : 0.2;
  }

  /** All contestants, with codes of a width. */
  public BenchmarkStep step(int bits) {
    boolean graph = scale.graphs().contains(CodeSet.Kind.CLUSTERED);
    String definition =
        CLIENTS
            + " clients, "
            + scale.httpDocuments()
            + " clustered codes of "
            + bits
            + " bits"
            + (graph ? ", with hnsw" : "");
    double seconds =
        20
            + CLIENTS.size() * (TURNS + 1) * 9 * turnSeconds
            + scale.httpDocuments() / 1e6 * (graph ? 680 : 80);
    return new BenchmarkStep(NAME, definition, seconds, () -> measure(bits, graph));
  }

  /** One shard beside twelve on three nodes. */
  public BenchmarkStep shards() {
    String definition =
        CLIENTS + " clients, one shard and twelve, " + scale.documents() + " clustered codes";
    List<Peer> peers =
        List.of(Peer.SEMANTIC_HASH, Peer.SEMANTIC_HASH_K, Peer.SHARDED, Peer.SHARDED_K);
    double seconds =
        60
            + CLIENTS.size() * (TURNS + 1) * peers.size() * turnSeconds
            + scale.documents() / 1e6 * 20;
    return new BenchmarkStep(
        SHARDS,
        definition,
        seconds,
        () -> {
          node.codes(CodeSet.Kind.CLUSTERED, SearchNode.BITS, scale.documents());
          for (PeerIndex index : List.of(PeerIndex.SEMANTIC_HASH, PeerIndex.SHARDED)) {
            node.index(index);
            node.awaitClusters(index);
          }
          return measure(peers);
        });
  }

  private List<Map<String, Object>> measure(int bits, boolean graph) throws IOException {
    CodeSet codes = node.codes(CodeSet.Kind.CLUSTERED, bits, scale.httpDocuments());
    return measure(Peer.all(node, codes, graph));
  }

  private List<Map<String, Object>> measure(List<Peer> peers) throws IOException {
    CodeSet codes = node.codes();
    long[][] queries = codes.queries(QUERIES);
    Oracle oracle = new Oracle(codes, queries);
    for (Peer peer : peers) {
      node.index(peer.index());
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int clients : CLIENTS) {
      List<SearchClients> all = new ArrayList<>();
      for (Peer peer : peers) {
        all.add(new SearchClients(node, peer, clients, queries, oracle));
      }
      rows.addAll(SearchClients.takeTurns(all, TURNS, turnSeconds, codes));
    }
    return rows;
  }
}
