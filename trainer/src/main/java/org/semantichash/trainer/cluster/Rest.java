// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
