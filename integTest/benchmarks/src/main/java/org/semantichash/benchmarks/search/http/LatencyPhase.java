// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.harness.Contestant;
import org.semantichash.benchmarks.harness.Rounds;
import org.semantichash.benchmarks.harness.Times;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.benchmarks.search.codes.Oracle;
import org.semantichash.it.oracle.CodeSet;

/** Top-10 of one client over HTTP, beside Elasticsearch's own bit vectors. */
public final class LatencyPhase {

  public static final String NAME = "http";

  private static final int WARM_UP = 60; // rounds of a million documents, more of fewer

  private final Scale scale;
  private final SearchNode node;

  public LatencyPhase(Scale scale, SearchNode node) {
    this.scale = scale;
    this.node = node;
  }

  /** The step of a kind of codes. */
  public BenchmarkStep step(CodeSet.Kind kind, int documents) {
    String definition =
        "top-10 of "
            + documents
            + " "
            + kind
            + " codes of "
            + SearchNode.BITS
            + " bits, "
            + scale.httpRounds()
            + " rounds"
            + (scale.graphs().contains(kind) ? ", with hnsw" : "");
    double millions = documents / 1e6;
    double seconds =
        20 + millions * (80 + scale.httpRounds() * 0.2 + (scale.graphs().contains(kind) ? 600 : 0));
    return new BenchmarkStep(NAME, definition, seconds, () -> measure(kind, documents));
  }

  /** Small indices come first, when all code of the node is cold. */
  private int warmUp(int documents) {
    return scale.isFull() ? Math.clamp(WARM_UP * 1_000_000L / documents, WARM_UP, 10 * WARM_UP) : 5;
  }

  private List<Map<String, Object>> measure(CodeSet.Kind kind, int documents) throws IOException {
    CodeSet codes = node.codes(kind, SearchNode.BITS, documents);
    long[][] queries = codes.queries(scale.httpRounds());
    Oracle oracle = new Oracle(codes, queries);
    List<Peer> peers = Peer.all(node, codes, scale.graphs().contains(kind));
    List<Contestant> contestants = new ArrayList<>();
    Map<String, PeerIndex> indices = new LinkedHashMap<>();
    for (Peer peer : peers) {
      node.index(peer.index());
      contestants.add(peer.contestant(node.http(peer.index()), codes, queries, oracle));
      indices.put(peer.name(), peer.index());
    }
    Rounds rounds = new Rounds(warmUp(codes.size()), scale.httpRounds(), queries.length);
    List<Times> all = rounds.measure(contestants);
    double floor = all.get(all.size() - 1).millis(50);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Times times : all) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("contestant", times.name());
      row.put("documents", codes.size());
      row.put("bits", codes.bits());
      row.put("codes", kind.toString());
      row.put("k", PeerSearches.K);
      row.putAll(times.values());
      row.put("p50_above_match_all_ms", times.millis(50) - floor);
      if (times.name().equals(Peer.FLOOR) == false) {
        row.putAll(node.index(indices.get(times.name())).values(codes.size()));
      }
      rows.add(row);
    }
    return rows;
  }
}
