// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.semantichash.benchmarks.harness.Contestant;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.oracle.CodeSet;

/**
 * A way to search on the node.
 *
 * @param name in the results
 * @param index it searches
 * @param exact whether it must find the nearest
 * @param radius that hits lie within, in bits
 * @param search the body of the search for a code as the index has it
 */
record Peer(
    String name,
    PeerIndex index,
    boolean exact,
    int radius,
    Function<Object, Map<String, Object>> search) {

  static final String FLOOR = "elasticsearch-match-all";

  private static final int ANY = Integer.MAX_VALUE;

  static final Peer SEMANTIC_HASH =
      new Peer("semantic-hash", PeerIndex.SEMANTIC_HASH, true, PeerSearches::hamming);
  static final Peer SEMANTIC_HASH_K =
      new Peer("semantic-hash-k", PeerIndex.SEMANTIC_HASH, true, PeerSearches::hammingK);
  static final Peer EAGER =
      new Peer("semantic-hash-eager", PeerIndex.EAGER, true, PeerSearches::hamming);
  static final Peer SHARDED =
      new Peer("semantic-hash-12-shards", PeerIndex.SHARDED, true, PeerSearches::hamming);
  static final Peer SHARDED_K =
      new Peer("semantic-hash-12-shards-k", PeerIndex.SHARDED, true, PeerSearches::hammingK);
  static final Peer FLAT =
      new Peer("elasticsearch-bit-flat", PeerIndex.FLAT, true, PeerSearches::knnQuery);

  Peer(String name, PeerIndex index, boolean exact, Function<Object, Map<String, Object>> search) {
    this(name, index, exact, ANY, search);
  }

  /** The plugin's query for all within a radius. */
  static Peer within(int radius, PeerIndex index) {
    return new Peer(
        "semantic-hash-radius-" + radius,
        index,
        true,
        radius,
        code -> PeerSearches.hammingWithin(code, radius));
  }

  /** This in another index. */
  Peer in(PeerIndex other) {
    return new Peer(name, other, exact, radius, search);
  }

  /** What any search of an index costs. */
  static Peer floor(PeerIndex index) {
    return new Peer(FLOOR, index, false, code -> PeerSearches.matchAll());
  }

  /** All that the nodes can do; the last is what any search costs. */
  static List<Peer> all(SearchNode node, CodeSet codes, boolean graph) throws IOException {
    List<Peer> peers = new ArrayList<>(List.of(SEMANTIC_HASH));
    node.index(PeerIndex.SEMANTIC_HASH);
    if (knowsK(node, codes)) {
      peers.add(SEMANTIC_HASH_K);
    }
    if (node.accepts(PeerIndex.DOC_VALUES)) {
      peers.add(
          new Peer("semantic-hash-doc-values", PeerIndex.DOC_VALUES, true, PeerSearches::hamming));
    }
    peers.add(FLAT);
    if (graph) {
      peers.add(
          new Peer(
              "elasticsearch-bit-hnsw-100-query",
              PeerIndex.HNSW,
              false,
              code -> PeerSearches.knnQuery(code, 100)));
      for (int candidates : new int[] {100, 1000}) {
        peers.add(
            new Peer(
                "elasticsearch-bit-hnsw-" + candidates,
                PeerIndex.HNSW,
                false,
                code -> PeerSearches.knnSection(code, candidates)));
      }
    }
    if (node.hasOpenSearch() && codes.bits() == SearchNode.BITS) {
      peers.addAll(ofOpenSearch(graph));
    }
    peers.add(floor(PeerIndex.SEMANTIC_HASH));
    return peers;
  }

  private static List<Peer> ofOpenSearch(boolean graph) {
    List<Peer> peers = new ArrayList<>();
    peers.add(
        new Peer(
            PeerIndex.OPENSEARCH_SCRIPT.indexName(),
            PeerIndex.OPENSEARCH_SCRIPT,
            true,
            PeerSearches::openSearchScript));
    if (graph) {
      peers.add(
          new Peer(
              PeerIndex.OPENSEARCH_HNSW.indexName() + "-100",
              PeerIndex.OPENSEARCH_HNSW,
              false,
              code -> PeerSearches.openSearchKnn(code, 100)));
    }
    return peers;
  }

  /** Whether the query knows how many hits are wanted; says so when not. */
  static boolean knowsK(SearchNode node, CodeSet codes) throws IOException {
    String code = CodeSet.code(codes.words(0)).toHex();
    Reply reply =
        node.http()
            .post(
                "/" + PeerIndex.SEMANTIC_HASH.indexName() + "/_search",
                PeerSearches.hammingK(code));
    if (reply.status() >= 300) {
      System.out.println("     left out, semantic-hash-k: " + reply.reason());
    }
    return reply.status() < 300;
  }

  /** This with its queries and what they must find. */
  Contestant contestant(Http http, CodeSet codes, long[][] queries, Oracle oracle) {
    List<Map<String, Object>> bodies = new ArrayList<>();
    for (long[] query : queries) {
      bodies.add(search.apply(index.value(query)));
    }
    Contestant.Search answer =
        q -> PeerSearches.send(http, index, bodies.get(q), codes, queries[q]);
    return name.equals(FLOOR)
        ? Contestant.floor(name, answer)
        : new Contestant(name, exact, answer, q -> oracle.nearest(q, PeerSearches.K, radius));
  }
}
