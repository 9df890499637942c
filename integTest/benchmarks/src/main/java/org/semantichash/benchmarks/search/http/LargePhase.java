// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.benchmarks.search.codes.DocumentShare;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.oracle.CodeSet;

/**
 * The largest index of a node, in ten segments and in one: nearest, radii and filters, one client
 * and sixteen. Radii are searched around stored codes with three bits flipped, all else around
 * fresh codes.
 */
public final class LargePhase {

  public static final String NAME = "large";

  static final List<Integer> CLIENTS = List.of(1, 16);

  private static final List<DocumentShare> SHARES =
      List.of(new DocumentShare("1 %", 100), new DocumentShare("50 %", 5000));
  private static final List<Integer> SEGMENTS = List.of(10, 1);
  private static final int TURNS = 3;
  private static final int QUERIES = 100;

  private final Scale scale;
  private final SearchNode node;
  private final double turnSeconds;

  public LargePhase(Scale scale, SearchNode node) {
    this.scale = scale;
    this.node = node;
    this.turnSeconds = scale.isFull() ? 3 : 0.05;
  }

  /** The terms of a document. */
  static List<String> shares(int ordinal) {
    return SHARES.stream().filter(share -> share.test(ordinal)).map(DocumentShare::name).toList();
  }

  public BenchmarkStep step() {
    String definition =
        CLIENTS
            + " clients, "
            + SEGMENTS
            + " segments, "
            + scale.documents()
            + " clustered codes of "
            + SearchNode.BITS
            + " bits";
    double seconds =
        20
            + SEGMENTS.size() * CLIENTS.size() * (TURNS + 1) * peers().size() * turnSeconds
            + scale.documents() / 1e6 * 45;
    return new BenchmarkStep(NAME, definition, seconds, this::measure);
  }

  private static List<Peer> peers() {
    PeerIndex index = PeerIndex.SHARES_TOO;
    List<Peer> peers = new ArrayList<>(warm(index));
    for (DocumentShare share : SHARES) {
      peers.add(
          new Peer(
              "semantic-hash-filter-" + share.name().replace(" ", ""),
              index,
              true,
              code -> PeerSearches.filtered(PeerSearches.hamming(code), share.name())));
    }
    return peers;
  }

  /** Ways to search an index without filters. */
  static List<Peer> warm(PeerIndex index) {
    return List.of(
        Peer.floor(index),
        Peer.SEMANTIC_HASH.in(index),
        Peer.SEMANTIC_HASH_K.in(index),
        Peer.within(3, index),
        Peer.within(7, index));
  }

  private List<Map<String, Object>> measure() throws IOException {
    CodeSet codes = node.codes(CodeSet.Kind.CLUSTERED, SearchNode.BITS, scale.documents());
    Turns turns = new Turns(node, codes, TURNS, turnSeconds);
    PeerIndex index = PeerIndex.SHARES_TOO;
    List<Map<String, Object>> rows = new ArrayList<>();
    PeerIndexBuild build = null;
    for (int segments : SEGMENTS) {
      if (build == null) {
        build = PeerIndexBuild.run(node.http(index), index, codes, codes.size(), segments);
      } else {
        PeerIndexBuild.merge(node.http(index), index, segments);
      }
      int clustered = node.awaitClusters(index);
      for (int clients : CLIENTS) {
        for (Map<String, Object> row : turns.rows(peers(), clients)) {
          row.put("segments", segments);
          row.put("clustered_segments", clustered);
          row.putAll(build.values(codes.size()));
          rows.add(row);
        }
      }
    }
    node.http(index).delete("/" + index.indexName()).ok();
    return rows;
  }

  /** Contestants that take turns, each with its queries and what these must find. */
  static final class Turns {

    private final SearchNode node;
    private final CodeSet codes;
    private final int turns;
    private final double turnSeconds;
    private final long[][] fresh;
    private final long[][] stored;
    private final Map<String, Oracle> oracles = new HashMap<>();

    Turns(SearchNode node, CodeSet codes, int turns, double turnSeconds) {
      this.node = node;
      this.codes = codes;
      this.turns = turns;
      this.turnSeconds = turnSeconds;
      this.fresh = codes.queries(QUERIES);
      this.stored = codes.nearStored(QUERIES);
    }

    List<Map<String, Object>> rows(List<Peer> peers, int clients) throws IOException {
      List<SearchClients> all = new ArrayList<>();
      for (Peer peer : peers) {
        long[][] queries = isWithin(peer) ? stored : fresh;
        all.add(new SearchClients(node, peer, clients, queries, oracle(peer)));
      }
      return SearchClients.takeTurns(all, turns, turnSeconds, codes);
    }

    private static boolean isWithin(Peer peer) {
      return peer.radius() <= SearchNode.BITS;
    }

    private Oracle oracle(Peer peer) {
      for (DocumentShare share : SHARES) {
        if (peer.name().endsWith(share.name().replace(" ", ""))) {
          return oracles.computeIfAbsent(share.name(), name -> new Oracle(codes, fresh, share));
        }
      }
      return isWithin(peer)
          ? oracles.computeIfAbsent("stored", name -> new Oracle(codes, stored))
          : oracles.computeIfAbsent("fresh", name -> new Oracle(codes, fresh));
    }
  }
}
