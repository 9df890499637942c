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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The models of a cluster.
 *
 * @param cluster the cluster
 */
public record ClusterModels(Cluster cluster) {

  /** All models, as the cluster shows them. */
  public List<JsonNode> list() {
    List<JsonNode> models = new ArrayList<>();
    cluster.send("GET", "models").path("models").forEach(models::add);
    return models;
  }

  /** The digest of a model; empty when there is none of this name. */
  public Optional<String> digest(ModelName name) {
    try {
      JsonNode model = cluster.send("GET", "models/" + name).path("models").path(0);
      return Optional.of(model.path("digest").asText());
    } catch (ClusterException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Deletes a model.
   *
   * @param force whether even when it is used
   */
  public void delete(ModelName name, boolean force) {
    cluster.send("DELETE", "models/" + name + "?force=" + force);
  }
}
