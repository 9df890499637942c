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
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Rest;

/**
 * Tries again, with growing pauses, what a cluster that is away or busy did not do. Only for
 * requests that may be done twice.
 *
 * @param rest the cluster
 * @param backoff the pauses
 */
record PatientRest(Rest rest, Backoff backoff) implements Rest {

  @Override
  public JsonNode ask(String method, String path, JsonNode body) {
    return patiently(() -> rest.ask(method, path, body));
  }

  @Override
  public JsonNode bulk(String path, String lines) {
    return patiently(() -> rest.bulk(path, lines));
  }

  private JsonNode patiently(Supplier<JsonNode> request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (ClusterException e) {
        if (e.isTransient() == false || backoff.pause(attempt) == false) {
          throw e;
        }
      }
    }
  }
}
