// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.TextHasher;
import org.semantichash.it.http.Http;

/**
 * An index of texts, with or without codes.
 *
 * @param http the cluster
 * @param name of the index
 * @param pipeline what its documents go through; null for none
 * @param model the model of the codes; null for none
 */
record TextIndex(Http http, String name, String pipeline, String model) {

  private static final int SAMPLE = 500;

  /** Creates the index again, without replicas, so that each document is processed once. */
  void create(int shards, int bits) throws IOException {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("text", Map.of("type", "text"));
    if (model != null) {
      properties.put("code", Map.of("type", "hash_code", "bits", bits, "model", model));
    }
    delete();
    http.put(
            "/" + name,
            Map.of(
                "settings",
                Map.of("number_of_shards", shards, "number_of_replicas", 0),
                "mappings",
                Map.of("properties", properties)))
        .ok();
  }

  /** Deletes the index if it exists. */
  void delete() throws IOException {
    http.delete("/" + name + "?ignore_unavailable=true").ok();
  }

  /** The body of a bulk request. */
  static byte[] body(List<Map<String, String>> documents) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Map<String, String> document : documents) {
      lines.writeBytes("{\"index\":{}}\n".getBytes(StandardCharsets.UTF_8));
      lines.writeBytes(Http.JSON.writeValueAsBytes(document));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  void bulk(byte[] body) throws IOException {
    String through = pipeline == null ? "" : "?pipeline=" + pipeline;
    JsonNode reply = http.bulk("/" + name + "/_bulk" + through, body).ok().body();
    if (reply.path("errors").asBoolean(true)) {
      throw new IllegalStateException("documents failed: " + reply.path("items").path(0));
    }
  }

  /**
   * Checks that it holds so many documents, that each has a code, and the codes of some.
   *
   * @throws IllegalStateException when not
   */
  void check(long documents, TextHasher hasher) throws IOException {
    http.post("/" + name + "/_refresh").ok();
    require("documents", Map.of("match_all", Map.of()), documents);
    if (model != null) {
      require("documents with a code", Map.of("exists", Map.of("field", "code")), documents);
      checkSample(hasher);
    }
  }

  private void checkSample(TextHasher hasher) throws IOException {
    Map<String, Object> random =
        Map.of("function_score", Map.of("random_score", Map.of("seed", 1, "field", "_seq_no")));
    Map<String, Object> body = Map.of("query", random, "size", SAMPLE, "fields", List.of("code"));
    JsonNode hits = http.post("/" + name + "/_search", body).ok().body().path("hits");
    for (JsonNode hit : hits.path("hits")) {
      String expected = hasher.hash(hit.path("_source").path("text").asText()).code().toHex();
      String actual = hit.path("fields").path("code").path(0).asText();
      if (expected.equals(actual) == false) {
        throw new IllegalStateException("the code must be [" + expected + "]: " + hit);
      }
    }
  }

  private void require(String what, Object query, long expected) throws IOException {
    long actual =
        http.post("/" + name + "/_count", Map.of("query", query))
            .ok()
            .body()
            .path("count")
            .asLong();
    if (actual != expected) {
      throw new IllegalStateException(
          "index [" + name + "] must have [" + expected + "] " + what + ", got [" + actual + "]");
    }
  }
}
