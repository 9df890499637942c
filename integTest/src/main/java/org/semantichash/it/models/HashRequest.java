/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.it.models;

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
