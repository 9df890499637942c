// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.oracle.Hits;

/** An index whose documents have one code in fields of every kind. */
record CodeIndex(Http http, String name) {

  /** The fields with the code of a document. */
  static final List<String> FIELDS = List.of("code", "chunked", "bytes");

  /** As many hits as a search may return. */
  static final int MOST = 10_000;

  private static final int BULK = 2500; // a segment for each shard

  /** Makes it; its segments are merged only when told. */
  static CodeIndex create(Http http, String name, int shards, String columns) throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("index.number_of_shards", shards);
    settings.put("index.number_of_replicas", 0);
    settings.put("index.refresh_interval", "-1");
    settings.put("index.semantic_hash.columns", columns);
    settings.put("index.merge.policy.segments_per_tier", 50);
    settings.put("index.merge.policy.deletes_pct_allowed", 50);
    Map<String, Object> hash = Map.of("type", "hash_code", "bits", Documents.BITS);
    Map<String, Object> chunked = new LinkedHashMap<>(hash);
    chunked.put("multi_index_hashing", true);
    Map<String, Object> keyword = Map.of("type", "keyword");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", hash);
    fields.put("chunked", chunked);
    fields.put("bytes", Map.of("type", "binary", "doc_values", true));
    fields.put("group", keyword);
    fields.put("tags", keyword);
    fields.put("parts", Map.of("type", "nested", "properties", Map.of("code", chunked)));
    Map<String, Object> mappings = Map.of("dynamic", "strict", "properties", fields);
    http.put("/" + name, Map.of("settings", settings, "mappings", mappings)).ok();
    return new CodeIndex(http, name);
  }

  /** Adds documents, with a refresh after each bulk request so that there are segments. */
  void add(List<Documents.Document> documents) throws IOException {
    for (int from = 0; from < documents.size(); from += BULK) {
      StringBuilder lines = new StringBuilder();
      for (Documents.Document one :
          documents.subList(from, Math.min(documents.size(), from + BULK))) {
        lines.append(Http.JSON.writeValueAsString(Map.of("index", Map.of("_id", one.id()))));
        lines.append('\n').append(Http.JSON.writeValueAsString(one.source())).append('\n');
      }
      bulk(lines);
    }
  }

  void delete(List<String> ids) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String id : ids) {
      lines.append(Http.JSON.writeValueAsString(Map.of("delete", Map.of("_id", id)))).append('\n');
    }
    bulk(lines);
  }

  private void bulk(StringBuilder lines) throws IOException {
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    Reply reply = http.bulk("/" + name + "/_bulk?filter_path=errors&refresh=true", body).ok();
    if (reply.body().path("errors").asBoolean(true)) {
      throw new IllegalStateException("documents of [" + name + "] failed");
    }
  }

  void drop() throws IOException {
    http.delete("/" + name).ok();
  }

  Reply ask(Map<String, Object> body) throws IOException {
    return ask(body, "");
  }

  /** Searches, with parameters of the address. */
  Reply ask(Map<String, Object> body, String parameters) throws IOException {
    body.putIfAbsent("_source", false);
    return http.post("/" + name + "/_search?" + parameters, body).ok();
  }

  Hits search(Map<String, Object> body) throws IOException {
    return Hits.of(ask(body));
  }

  Hits search(Hamming query, int size) throws IOException {
    return search(query.search(size));
  }

  /** Some numbers of it. */
  JsonNode stats(String metric) throws IOException {
    return http.get("/" + name + "/_stats/" + metric).ok().body().path("_all").path("primaries");
  }
}
