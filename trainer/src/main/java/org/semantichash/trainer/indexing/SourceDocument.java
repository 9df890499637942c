// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.semantichash.trainer.cluster.Body;

/**
 * A document as it was read.
 *
 * @param id where it is
 * @param version its version
 * @param seqNo the number of the operation that wrote it, on its shard
 * @param primaryTerm the term of the primary shard that did
 * @param source its fields, as far as they were asked for
 */
record SourceDocument(DocumentId id, long version, long seqNo, long primaryTerm, JsonNode source) {

  /**
   * Where a document is.
   *
   * @param index the index
   * @param id its id
   * @param routing the routing, when it has one
   */
  record DocumentId(String index, String id, Optional<String> routing) {

    static DocumentId of(JsonNode hit) {
      return new DocumentId(
          hit.path("_index").asText(),
          hit.path("_id").asText(),
          Optional.ofNullable(hit.get("_routing")).map(JsonNode::asText));
    }

    /** The same document in another index. */
    DocumentId in(String other) {
      return new DocumentId(other, id, routing);
    }

    /** As [_mget] and the actions of a bulk request name it. */
    ObjectNode toJson() {
      ObjectNode node = Body.empty().put("_index", index).put("_id", id);
      routing.ifPresent(value -> node.put("routing", value));
      return node;
    }
  }

  /** From a hit of a search or a found document of [_mget]. */
  static SourceDocument of(JsonNode hit) {
    return new SourceDocument(
        DocumentId.of(hit),
        hit.path("_version").asLong(-1),
        hit.path("_seq_no").asLong(-1),
        hit.path("_primary_term").asLong(-1),
        hit.path("_source"));
  }
}
