// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.semantichash.it.http.Http;

/** What an index holds, and how often it was written. */
record IndexState(Http http, String name) {

  /**
   * A document.
   *
   * @param version its version
   * @param seqNo the number of the operation that wrote it
   * @param source its fields
   */
  record Document(long version, long seqNo, JsonNode source) {

    String text() {
      return source.path("text").asText();
    }

    /** The code with its stamp; empty when there is none. */
    String code(String field) {
      return source.path(field).asText();
    }
  }

  /** All documents by id, after a refresh. */
  Map<String, Document> documents() throws IOException {
    http.post("/" + name + "/_refresh").ok();
    Map<String, Document> documents = new TreeMap<>();
    JsonNode hits =
        http.post(
                "/" + name + "/_search",
                Map.of(
                    "size",
                    10_000,
                    "version",
                    true,
                    "seq_no_primary_term",
                    true,
                    "_source",
                    Map.of("exclude_vectors", false)))
            .ok()
            .body()
            .at("/hits/hits");
    for (JsonNode hit : hits) {
      documents.put(
          hit.path("_id").asText(),
          new Document(
              hit.path("_version").asLong(), hit.path("_seq_no").asLong(), hit.path("_source")));
    }
    return documents;
  }

  /**
   * How many times a document was written or deleted, in all shards, since the index was made; 0
   * while there is none.
   */
  long operations() throws IOException {
    long operations = 0;
    JsonNode stats = http.get("/" + name + "/_stats?level=shards").body();
    for (JsonNode copies : stats.at("/indices/" + name + "/shards")) {
      operations += copies.path(0).at("/seq_no/max_seq_no").asLong() + 1;
    }
    return operations;
  }

  JsonNode mapping() throws IOException {
    return http.get("/" + name + "/_mapping").ok().body().path(name).path("mappings");
  }
}
