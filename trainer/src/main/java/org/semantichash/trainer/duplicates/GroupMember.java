// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * A document of a group.
 *
 * @param index its index
 * @param id its id in that index
 * @param distance how many bits its code differs in from the kept document's
 */
public record GroupMember(String index, String id, int distance) {

  /** Checks that nothing is missing. */
  public GroupMember {
    Objects.requireNonNull(index, "_index");
    Objects.requireNonNull(id, "_id");
  }

  static GroupMember of(JsonNode json) {
    return new GroupMember(
        json.path("_index").textValue(),
        json.path("_id").textValue(),
        json.path("distance").intValue());
  }
}
