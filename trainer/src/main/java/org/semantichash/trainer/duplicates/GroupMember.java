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
