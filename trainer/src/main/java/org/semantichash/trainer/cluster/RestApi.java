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

/** The whole REST API of a cluster, not only the plugin's part of it. */
public interface RestApi extends AutoCloseable {

  /**
   * Asks.
   *
   * @param path below the cluster's address, without a slash at its beginning
   * @param body becomes JSON; null for none
   * @return the answer
   * @throws ClusterException when there is none, or a refusal
   */
  JsonNode ask(String method, String path, Map<String, ?> body);

  /**
   * Sends many operations in one request.
   *
   * @param operations lines of JSON, as the bulk API has them, with a line break after each
   * @return the answer, which says for each operation whether it was done
   * @throws ClusterException when there is none, or the request as a whole is refused
   */
  JsonNode bulk(String operations);

  @Override
  void close();
}
