// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.http.Http;

/** The breaker that columns are accounted to, of the only node. */
record FielddataBreaker(Http http) {

  private static final long WAIT_SECONDS = 30;
  private static final int SETTLED_POLLS = 20;

  /** Bytes in use. */
  long estimate() throws IOException {
    JsonNode nodes = http.get("/_nodes/stats/breaker").ok().body().path("nodes");
    JsonNode breaker = nodes.elements().next().path("breakers").path("fielddata");
    return breaker.path("estimated_size_in_bytes").asLong(-1);
  }

  /** Sets the limit, or with null the default again. */
  void limit(String limit) throws IOException {
    Map<String, Object> setting = new HashMap<>();
    setting.put("indices.breaker.fielddata.limit", limit);
    http.put("/_cluster/settings", Map.of("persistent", setting)).ok();
  }

  /** Waits: segments close some time after their index. */
  void awaitEstimate(long bytes) throws IOException {
    await("[" + bytes + "] bytes in the fielddata breaker", () -> estimate() == bytes);
  }

  /** Bytes in use once they have been the same for a while: indices dropped before close late. */
  long settledEstimate() throws IOException {
    long[] last = {estimate(), 0};
    await(
        "bytes in the fielddata breaker that stay the same",
        () -> {
          long now = estimate();
          last[1] = now == last[0] ? last[1] + 1 : 0;
          last[0] = now;
          return last[1] == SETTLED_POLLS;
        });
    return last[0];
  }

  static void await(String what, Deadline.Condition condition) throws IOException {
    Deadline.await(what, WAIT_SECONDS, condition);
  }
}
