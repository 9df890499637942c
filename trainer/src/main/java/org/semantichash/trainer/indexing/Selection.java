// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.cluster.Rest;

/** Which documents are read to be hashed in place, and what of them. */
final class Selection {

  private Selection() {}

  /** Those without a code; all when codes of unknown origin are replaced too. */
  static JsonNode query(HashingPlan plan) {
    if (plan.replaceBare()) {
      return Body.of(Map.of("match_all", Map.of()));
    }
    Map<String, Object> exists = Map.of("exists", Map.of("field", plan.target().name()));
    return Body.of(Map.of("bool", Map.of("must_not", List.of(exists))));
  }

  /** The text, and what shows whether there is a code, which is only there by its own name. */
  static ArrayNode source(HashingPlan plan) {
    return Body.empty()
        .putArray("_source")
        .add(plan.text().name())
        .add(plan.target().root())
        .add(plan.target().name());
  }

  static long count(Rest rest, String index, JsonNode query) {
    return rest.ask("POST", index + "/_count", Body.empty().set("query", query))
        .path("count")
        .asLong();
  }
}
