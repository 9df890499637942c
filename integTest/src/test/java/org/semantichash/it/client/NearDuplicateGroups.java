// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.semantichash.it.http.Http;

/**
 * The groups of near-duplicates that a node finds in an index, in its order.
 *
 * @param documents how many there are in groups
 * @param groups of each its largest distance, and its documents by id with their distances
 */
record NearDuplicateGroups(int documents, List<String> groups) {

  private static final int PAGE = 10_000;

  /** Those of complete linkage in the field [code], after a refresh. */
  static NearDuplicateGroups of(Http http, String index, int maxDistance) throws IOException {
    http.post("/" + index + "/_refresh").ok();
    Map<String, ?> search =
        Map.of("field", "code", "max_distance", maxDistance, "linkage", "complete");
    JsonNode found =
        http.post("/" + index + "/_semantic_hash/near_duplicates?size=" + PAGE, search).ok().body();
    List<String> groups = new ArrayList<>();
    for (JsonNode group : found.path("groups")) {
      List<String> documents = new ArrayList<>();
      for (JsonNode document : group.path("documents")) {
        documents.add(document.path("_id").asText() + ":" + document.path("distance").asInt());
      }
      groups.add(group.path("diameter").asInt() + documents.toString());
    }
    if (groups.size() != found.path("total_groups").asInt()) {
      throw new IllegalStateException(
          "all ["
              + found.path("total_groups")
              + "] groups are wanted, got ["
              + groups.size()
              + "]");
    }
    return new NearDuplicateGroups(found.path("grouped_documents").asInt(), groups);
  }
}
