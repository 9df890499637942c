// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.semantichash.it.http.Reply;

/**
 * The hits of a search.
 *
 * @param total how many documents match
 * @param exact whether the total is exact
 * @param hits the best of them
 */
public record Hits(long total, boolean exact, List<Hit> hits) {

  /** One hit: its id and score, and all that came with it. */
  public record Hit(String id, float score, JsonNode body) {}

  /** Reads an answer, which must be a good one in which no shard failed. */
  public static Hits of(Reply reply) {
    JsonNode body = reply.ok().body();
    if (body.path("_shards").path("failed").asInt(-1) != 0 || body.path("timed_out").asBoolean()) {
      throw new IllegalStateException("the search is not complete: " + body);
    }
    List<Hit> hits = new ArrayList<>();
    for (JsonNode hit : body.path("hits").path("hits")) {
      hits.add(new Hit(hit.path("_id").asText(), (float) hit.path("_score").asDouble(), hit));
    }
    JsonNode total = body.path("hits").path("total");
    return new Hits(
        total.path("value").asLong(-1), total.path("relation").asText().equals("eq"), hits);
  }
}
