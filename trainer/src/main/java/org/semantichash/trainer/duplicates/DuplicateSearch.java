// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What near-duplicates are looked for; the cluster checks the values.
 *
 * @param index names or patterns of indices, with commas between them
 * @param field the field with the codes
 * @param maxDistance how many bits near-duplicates may differ in
 * @param query which documents; empty for all
 * @param linkage complete: all documents of a group are near each other; single: each is near some
 *     other
 * @param minGroupSize smaller groups are not told
 * @param maxGroupSize larger groups are capped
 * @param keep which document of a group stays
 * @param keepField what keep compares; empty where it needs none
 * @param includeWithoutTerms whether documents count that have the code of texts without known
 *     terms
 */
public record DuplicateSearch(
    String index,
    String field,
    int maxDistance,
    Optional<JsonNode> query,
    String linkage,
    int minGroupSize,
    int maxGroupSize,
    String keep,
    Optional<String> keepField,
    boolean includeWithoutTerms) {

  /** Checks the index, which becomes part of a path. */
  public DuplicateSearch {
    if (index.isBlank()) {
      throw new IllegalArgumentException("[index] must name an index, got [" + index + "]");
    }
  }

  /** The path that starts a job, without the query string. */
  String path() {
    return URLEncoder.encode(index, StandardCharsets.UTF_8) + "/_semantic_hash/near_duplicates";
  }

  /** The request's body. */
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("field", field);
    body.put("max_distance", maxDistance);
    query.ifPresent(value -> body.put("query", value));
    body.put("linkage", linkage);
    body.put("min_group_size", minGroupSize);
    body.put("max_group_size", maxGroupSize);
    body.put("keep", keep);
    keepField.ifPresent(value -> body.put("keep_field", value));
    if (includeWithoutTerms) {
      body.put("include_without_terms", true);
    }
    return body;
  }
}
