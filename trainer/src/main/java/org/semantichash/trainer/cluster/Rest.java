// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Set;

/** An Elasticsearch cluster, by its REST API. */
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
    return ask("POST", path, Json.object(body));
  }

  /** What is at this path; a missing node for status 404. */
  default JsonNode askIfThere(String path) {
    return askUnless(Set.of(404), "GET", path);
  }

  /** The answer; a missing node for a refusal with one of these statuses. */
  default JsonNode askUnless(Set<Integer> statuses, String method, String path) {
    try {
      return ask(method, path);
    } catch (ClusterException e) {
      if (statuses.contains(e.status())) {
        return MissingNode.getInstance();
      }
      throw e;
    }
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

  /**
   * Puts a range of bytes.
   *
   * @param path without the leading slash, with its query
   * @param from the first byte
   * @param to the end, exclusive
   * @return the answer
   * @throws ClusterException when there is none, or a refusal
   */
  JsonNode put(String path, byte[] bytes, int from, int to);
}
