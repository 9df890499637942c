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
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Any request to an Elasticsearch cluster, not only the plugin's. */
public interface Rest {

  /**
   * Sends a request.
   *
   * @param path without the leading slash, with its query
   * @param body JSON, or null for none
   * @return the answer
   * @throws ClusterException when there is none, or a refusal
   */
  JsonNode ask(String method, String path, JsonNode body);

  /** Posts a body of these fields. */
  default JsonNode post(String path, Map<String, ?> body) {
    return ask("POST", path, Body.of(body));
  }

  /** The same without a body. */
  default JsonNode ask(String method, String path) {
    return ask(method, path, null);
  }

  /**
   * Posts lines of JSON.
   *
   * @param path without the leading slash, with its query
   * @param lines each ends with a line break
   * @return the answer
   * @throws ClusterException when there is none, or a refusal
   */
  JsonNode bulk(String path, String lines);
}
