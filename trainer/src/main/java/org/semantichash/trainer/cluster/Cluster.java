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
