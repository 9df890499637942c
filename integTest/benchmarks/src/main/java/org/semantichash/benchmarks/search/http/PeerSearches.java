// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.semantichash.benchmarks.harness.Contestant.Answer;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.oracle.CodeSet;

/** The requests of the searches that are compared, and the distances of their hits. */
final class PeerSearches {

  static final int K = 10;

  private PeerSearches() {}

  /** The plugin's query. */
  static Map<String, Object> hamming(Object code) {
    return search(Map.of("hamming", Map.of("field", PeerIndex.FIELD, "code", code)));
  }

  /** The plugin's query that knows how many hits are wanted. */
  static Map<String, Object> hammingK(Object code) {
    return search(Map.of("hamming", Map.of("field", PeerIndex.FIELD, "code", code, "k", K)));
  }

  /** The plugin's query for all within a radius. */
  static Map<String, Object> hammingWithin(Object code, int radius) {
    return search(
        Map.of("hamming", Map.of("field", PeerIndex.FIELD, "code", code, "max_distance", radius)));
  }

  /** A search whose hits have a term. */
  static Map<String, Object> filtered(Map<String, Object> body, String term) {
    return search(
        Map.of(
            "bool",
            Map.of(
                "must",
                body.get("query"),
                "filter",
                Map.of("term", Map.of(PeerIndex.SHARES, term)))));
  }

  /** Elasticsearch's query for vectors: all are compared. */
  static Map<String, Object> knnQuery(Object code) {
    return search(Map.of("knn", knn(code, K)));
  }

  /** Elasticsearch's section for vectors. */
  static Map<String, Object> knnSection(Object code, int candidates) {
    Map<String, Object> body = search(null);
    body.put("knn", knn(code, candidates));
    return body;
  }

  private static Map<String, Object> knn(Object code, int candidates) {
    return Map.of(
        "field", PeerIndex.FIELD, "query_vector", code, "k", K, "num_candidates", candidates);
  }

  /** Elasticsearch's query for vectors, in a graph. */
  static Map<String, Object> knnQuery(Object code, int candidates) {
    return search(Map.of("knn", knn(code, candidates)));
  }

  /** OpenSearch's query for vectors, in a graph. */
  static Map<String, Object> openSearchKnn(Object code, int candidates) {
    Map<String, Object> vector =
        Map.of("vector", code, "k", K, "method_parameters", Map.of("ef_search", candidates));
    return search(Map.of("knn", Map.of(PeerIndex.FIELD, vector)));
  }

  /** OpenSearch's script that compares all. */
  static Map<String, Object> openSearchScript(Object code) {
    Map<String, Object> script =
        Map.of(
            "lang",
            "knn",
            "source",
            "knn_score",
            "params",
            Map.of("field", PeerIndex.FIELD, "query_value", code, "space_type", "hammingbit"));
    return search(
        Map.of("script_score", Map.of("query", Map.of("match_all", Map.of()), "script", script)));
  }

  /** What any search costs. */
  static Map<String, Object> matchAll() {
    return search(Map.of("match_all", Map.of()));
  }

  private static Map<String, Object> search(Object query) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (query != null) {
      body.put("query", query);
    }
    body.put("size", K);
    body.put("_source", false);
    return body;
  }

  /** Sends a search; the distances come from the ids of the hits, not from their scores. */
  static Answer send(
      Http http, PeerIndex index, Map<String, Object> body, CodeSet codes, long[] query)
      throws IOException {
    String path = "/" + index.indexName() + "/_search";
    long start = System.nanoTime();
    Reply reply = http.post(path, body);
    long nanos = System.nanoTime() - start;
    JsonNode hits = reply.ok().body().path("hits").path("hits");
    int[] distances = new int[hits.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = codes.distance(query, hits.get(i).path("_id").asInt(-1));
    }
    return new Answer(nanos, distances);
  }
}
