// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/** An Elasticsearch cluster with the plugin. */
public interface Cluster extends AutoCloseable {

  /**
   * Asks without a body.
   *
   * @param path below [/_semantic_hash/]
   * @return the answer
   * @throws ClusterException when there is none, or a refusal
   */
  JsonNode send(String method, String path);

  /**
   * Puts some of these bytes.
   *
   * @param path below [/_semantic_hash/]
   * @param from the first byte
   * @param to the end, exclusive
   * @return the answer
   * @throws ClusterException when there is none, or a refusal
   */
  JsonNode put(String path, byte[] bytes, int from, int to);

  @Override
  void close();
}
