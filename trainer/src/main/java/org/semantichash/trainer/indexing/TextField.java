// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;

/**
 * The field with the texts. A misspelt name would look like an index whose documents have no text.
 *
 * @param rest the cluster
 * @param field the name of the field
 */
public record TextField(Rest rest, FieldPath field) {

  private static final int SAMPLE = 200;

  /**
   * Looks for texts in a random sample before all documents are read. Fields that the mapping does
   * not know may have texts, too, where it is not dynamic.
   *
   * @param index the index, a data stream, an alias, or a pattern
   * @return a warning where the field is mapped but no document has it
   * @throws IllegalArgumentException when the field is neither mapped nor in a document
   */
  public Optional<String> check(String index) {
    List<JsonNode> sample = sample(index, SAMPLE);
    if (sample.isEmpty() || sample.stream().anyMatch(this::hasText)) {
      return Optional.empty();
    }
    boolean mapped =
        rest.ask("GET", index + "/_mapping")
            .valueStream()
            .anyMatch(found -> field.definition(found.path("mappings")).isObject());
    if (mapped == false) {
      throw new IllegalArgumentException(
          "[field] must name a field with text, but no mapping of index ["
              + index
              + "] has a field ["
              + field
              + "], and none of ["
              + sample.size()
              + "] documents that were looked at does");
    }
    JsonNode exists = Json.object(Map.of("exists", Map.of("field", field.name())));
    return HashPlan.count(rest, index, exists) > 0
        ? Optional.empty()
        : Optional.of("no document of index [" + index + "] has a field [" + field + "]");
  }

  /** The texts of a random sample of the documents. */
  public List<String> texts(String index, int documents) {
    return sample(index, documents).stream()
        .map(hit -> String.join("\n", field.texts(hit.path("_source"))))
        .filter(text -> text.isBlank() == false)
        .toList();
  }

  /** Whether the field of a document in a random sample is a list of several texts. */
  public boolean hasLists(String index) {
    return sample(index, SAMPLE).stream()
        .anyMatch(hit -> field.texts(hit.path("_source")).size() > 1);
  }

  private List<JsonNode> sample(String index, int documents) {
    ObjectNode search = Json.object().put("size", documents).put("track_total_hits", false);
    search.putObject("query").putObject("function_score").putObject("random_score");
    search.putArray("_source").add(field.name());
    return rest.ask("POST", index + "/_search", search)
        .path("hits")
        .path("hits")
        .valueStream()
        .toList();
  }

  private boolean hasText(JsonNode hit) {
    return field.texts(hit.path("_source")).isEmpty() == false;
  }
}
