// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
