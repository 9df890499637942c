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
  static Map<String, Object> hamming(String code) {
    return search(Map.of("hamming", Map.of("field", PeerIndex.FIELD, "code", code)));
  }

  /** The plugin's query that knows how many hits are wanted. */
  static Map<String, Object> hammingK(String code) {
    return search(Map.of("hamming", Map.of("field", PeerIndex.FIELD, "code", code, "k", K)));
  }

  /** Elasticsearch's query for vectors: all are compared. */
  static Map<String, Object> knnQuery(String code) {
    return search(Map.of("knn", knn(code, K)));
  }

  /** Elasticsearch's section for vectors. */
  static Map<String, Object> knnSection(String code, int candidates) {
    Map<String, Object> body = search(null);
    body.put("knn", knn(code, candidates));
    return body;
  }

  private static Map<String, Object> knn(String code, int candidates) {
    return Map.of(
        "field", PeerIndex.FIELD, "query_vector", code, "k", K, "num_candidates", candidates);
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
