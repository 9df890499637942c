// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.semantichash.it.http.Http;

/** A request for the codes of texts. */
final class HashRequest {

  private HashRequest() {}

  /** The answer's [docs], one for each text. */
  static JsonNode send(Http http, String model, List<String> texts) throws IOException {
    List<Map<String, String>> docs = texts.stream().map(text -> Map.of("text", text)).toList();
    return http.post("/_semantic_hash/models/" + model + "/_hash", Map.of("docs", docs))
        .ok()
        .body()
        .path("docs");
  }
}
