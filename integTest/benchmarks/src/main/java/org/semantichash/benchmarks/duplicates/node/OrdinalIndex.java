// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.http.Http;

/**
 * An index whose documents are numbered from 0; the number, of 8 digits, is the id.
 *
 * @param http the cluster
 * @param name the index
 */
record OrdinalIndex(Http http, String name) {

  private static final int BULK = 5000;
  private static final int PAGE = 10_000;
  private static final long MERGE_SECONDS = 3600;

  static String id(int ordinal) {
    return String.format(Locale.ROOT, "%08d", ordinal);
  }

  /** Makes it, without replicas. */
  void create(int shards, Map<String, ?> properties) throws IOException {
    Map<String, Object> settings = Map.of("number_of_shards", shards, "number_of_replicas", 0);
    Map<String, Object> mappings = Map.of("properties", properties);
    http.put("/" + name, Map.of("settings", settings, "mappings", mappings)).ok();
  }

  /** Fills it, and waits until nothing is merged any more. */
  void fill(int documents, IntFunction<Map<String, ?>> source) throws IOException {
    for (int from = 0; from < documents; from += BULK) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (int ordinal = from; ordinal < Math.min(documents, from + BULK); ordinal++) {
        lines.write(Http.JSON.writeValueAsBytes(Map.of("index", Map.of("_id", id(ordinal)))));
        lines.write('\n');
        lines.write(Http.JSON.writeValueAsBytes(source.apply(ordinal)));
        lines.write('\n');
      }
      JsonNode reply =
          http.bulk("/" + name + "/_bulk?filter_path=errors", lines.toByteArray()).ok().body();
      if (reply.path("errors").asBoolean(true)) {
        throw new IllegalStateException("documents of [" + name + "] failed");
      }
    }
    settle();
  }

  /** Makes all visible and lasting, and waits until nothing is merged any more. */
  void settle() throws IOException {
    http.post("/" + name + "/_refresh").ok();
    http.post("/" + name + "/_flush").ok();
    Deadline.await("end of merges of [" + name + "]", MERGE_SECONDS, () -> merging() == 0);
    http.post("/" + name + "/_refresh").ok();
  }

  private long merging() throws IOException {
    return http.get("/" + name + "/_stats/merge")
        .ok()
        .body()
        .at("/_all/primaries/merges/current")
        .asLong();
  }

  /** How many documents can be found. */
  int count() throws IOException {
    return http.get("/" + name + "/_count").ok().body().path("count").asInt();
  }

  /** The numbers of the documents in the order in which the shards hold them. */
  int[] order() throws IOException {
    int[] order = new int[count()];
    Map<String, Object> pit = new HashMap<>();
    pit.put("id", http.post("/" + name + "/_pit?keep_alive=5m").ok().body().path("id").asText());
    try {
      Map<String, Object> request = new HashMap<>();
      request.putAll(
          Map.of("pit", pit, "size", PAGE, "_source", false, "sort", List.of("_shard_doc")));
      for (int at = 0; at < order.length; ) {
        JsonNode hits = http.post("/_search", request).ok().body().at("/hits/hits");
        for (JsonNode hit : hits) {
          order[at++] = Integer.parseInt(hit.path("_id").asText());
          request.put("search_after", hit.path("sort"));
        }
      }
    } finally {
      http.delete("/_pit", pit);
    }
    return order;
  }

  /** The documents of some numbers, in their order: their fields, codes too. */
  List<JsonNode> sources(int[] ordinals) throws IOException {
    List<String> ids = Arrays.stream(ordinals).mapToObj(OrdinalIndex::id).toList();
    String path = "/" + name + "/_mget?_source_exclude_vectors=false";
    JsonNode docs = http.post(path, Map.of("ids", ids)).ok().body().path("docs");
    return docs.valueStream().map(doc -> doc.path("_source")).toList();
  }

  void delete() throws IOException {
    http.delete("/" + name).ok();
  }
}
