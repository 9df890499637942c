// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.it.http.Http;
import org.semantichash.it.oracle.CodeSet;

/**
 * Ten times as many codes as elsewhere, on a node with a small heap: the first search, what columns
 * take, and searches after that. The segment is written by Lucene alone ({@link WrittenShard}):
 * bulk requests would take most of an hour, and are measured elsewhere.
 */
public final class SmallNodePhase {

  public static final String NAME = "small-node";

  private static final int BITS = 64;
  private static final int TIMES = 10;
  private static final int TURNS = 3;
  private static final String COLUMNS = "40%"; // for clusters too; the default is made for less

  private final Scale scale;
  private final SearchNode node;
  private final double turnSeconds;

  public SmallNodePhase(Scale scale, SearchNode node) {
    this.scale = scale;
    this.node = node;
    this.turnSeconds = scale.isFull() ? 4 : 0.05;
  }

  private int documents() {
    return Math.multiplyExact(TIMES, scale.documents());
  }

  public BenchmarkStep step() {
    String definition = documents() + " clustered codes of " + BITS + " bits, heap of 4 GB";
    return new BenchmarkStep(NAME, definition, 60 + documents() / 1e6 * 8, this::measure);
  }

  private List<Map<String, Object>> measure() throws IOException {
    CodeSet codes = node.codes(CodeSet.Kind.CLUSTERED, BITS, documents());
    PeerIndex index = PeerIndex.WRITTEN;
    List<Map<String, Object>> rows = new ArrayList<>();
    Map<String, Object> row = row(codes, "semantic-hash-cold");
    row.put("write_seconds", node.write(codes));
    Map<String, Object> share = Map.of("semantic_hash.columns.max_memory", COLUMNS);
    node.http(index).put("/_cluster/settings", Map.of("persistent", share)).ok();
    row.put("columns_max_memory", COLUMNS);
    String path = "/" + index.indexName() + "/_search";
    long[] query = codes.queries(1)[0];
    row.put("first_match_all_ms", millis(path, PeerSearches.matchAll()));
    Map<String, Object> hamming = PeerSearches.hamming(index.value(query));
    row.put("first_search_ms", millis(path, hamming));
    row.put("second_search_ms", millis(path, hamming));
    row.put("clustered_segments", node.awaitClusters(index));
    row.putAll(memory(node.http(index), codes.size()));
    rows.add(row);
    LargePhase.Turns turns = new LargePhase.Turns(node, codes, TURNS, turnSeconds);
    for (int clients : LargePhase.CLIENTS) {
      rows.addAll(turns.rows(LargePhase.warm(index), clients));
    }
    node.http(index).delete("/" + index.indexName()).ok();
    return rows;
  }

  private static Map<String, Object> row(CodeSet codes, String contestant) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("contestant", contestant);
    row.put("documents", codes.size());
    row.put("bits", codes.bits());
    row.put("codes", codes.kind().toString());
    return row;
  }

  private double millis(String path, Map<String, Object> body) throws IOException {
    long start = System.nanoTime();
    node.http(PeerIndex.WRITTEN).post(path, body).ok();
    return (System.nanoTime() - start) / 1e6;
  }

  private static Map<String, Object> memory(Http http, int documents) throws IOException {
    JsonNode first =
        http.get("/_nodes/stats/breaker,jvm").ok().body().path("nodes").iterator().next();
    JsonNode breaker = first.path("breakers").path("fielddata");
    JsonNode columns = http.get("/_semantic_hash/stats").ok().body().findValue("columns");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("column_bytes_per_document", columns.path("memory_in_bytes").asDouble() / documents);
    values.put("column_build_seconds", columns.path("build_time_in_millis").asDouble() / 1e3);
    values.put("refusals", columns.path("refusals").asLong());
    values.put("breaker_bytes", breaker.path("estimated_size_in_bytes").asLong());
    values.put("breaker_limit_bytes", breaker.path("limit_size_in_bytes").asLong());
    values.put("heap_bytes", first.path("jvm").path("mem").path("heap_max_in_bytes").asLong());
    return values;
  }
}
