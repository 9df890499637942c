// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A document as a search finds it.
 *
 * @param index its index
 * @param id its id
 * @param routing what says on which shard it lies, where it was indexed with one
 * @param version what a write to it must name so that it does not change another version
 * @param code its stored code as text; empty when it has none
 * @param source the part of its source that was asked for
 */
record StoredDocument(
    String index,
    String id,
    Optional<String> routing,
    Version version,
    Optional<String> code,
    JsonNode source) {

  /** Sequence number and primary term, which together no two versions of a document share. */
  record Version(long sequenceNumber, long primaryTerm) {}

  static StoredDocument of(JsonNode hit, String field) {
    return new StoredDocument(
        hit.path("_index").asText(),
        hit.path("_id").asText(),
        Optional.ofNullable(hit.path("_routing").textValue()),
        new Version(hit.path("_seq_no").asLong(), hit.path("_primary_term").asLong()),
        Optional.ofNullable(hit.path("fields").path(field).path(0).textValue()),
        hit.path("_source"));
  }
}
