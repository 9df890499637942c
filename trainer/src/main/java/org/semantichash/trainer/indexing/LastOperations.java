// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.semantichash.trainer.cluster.Rest;

/**
 * The number of the last operation of every shard of an index. When it is the same before and after
 * something, no document was written or deleted in between, since every operation has a number of
 * its own.
 *
 * @param index the identity of the index; an index that was deleted and created again has another
 * @param byShard the numbers
 */
record LastOperations(String index, Map<String, Long> byShard) {

  private static final String NEEDED =
      "_shards.failed,indices.*.uuid,indices.*.shards.*.routing.primary,indices.*.shards.*.seq_no";

  LastOperations {
    byShard = Map.copyOf(byShard);
  }

  /**
   * As it is now. Empty while an operation is not on all copies of its shard yet, so that a refresh
   * may not show it, and when one may not look.
   */
  static Optional<LastOperations> of(Rest rest, String index) {
    JsonNode stats =
        rest.askUnless(
            Set.of(403), "GET", index + "/_stats/docs?level=shards&filter_path=" + NEEDED);
    JsonNode found = stats.path("indices").path(index);
    if (stats.path("_shards").path("failed").asInt(1) > 0 || found.path("shards").isEmpty()) {
      return Optional.empty();
    }
    Map<String, Long> numbers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> shard : found.path("shards").properties()) {
      JsonNode operations = primary(shard.getValue()).path("seq_no");
      long last = operations.path("max_seq_no").asLong(Long.MAX_VALUE);
      if (operations.path("global_checkpoint").asLong(Long.MIN_VALUE) != last) {
        return Optional.empty();
      }
      numbers.put(shard.getKey(), last);
    }
    return Optional.of(new LastOperations(found.path("uuid").asText(), numbers));
  }

  /** The primary copy of a shard; missing when no node has it. */
  private static JsonNode primary(JsonNode copies) {
    for (JsonNode copy : copies) {
      if (copy.path("routing").path("primary").asBoolean()) {
        return copy;
      }
    }
    return copies.path("none");
  }
}
