// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.Rest;

/**
 * Searches for a document of an index by its text and by itself: it must be found at distance 0
 * both ways.
 *
 * @param rest the cluster
 * @param index the index with the codes
 * @param text its field with the text
 * @param code its field with the codes
 * @param model the name of their model
 */
public record CodeCheck(Rest rest, String index, FieldPath text, FieldPath code, ModelName model) {

  private static final int CANDIDATES = 20;
  private static final int SHOWN = 4;
  private static final int MAX_CHARACTERS = 20_000;
  private static final int SNIPPET = 60;

  /**
   * What was found.
   *
   * @param id the document that was searched for
   * @param byText the nearest documents by its text, a line each
   * @param byDocument the nearest documents by itself
   */
  public record Found(String id, List<String> byText, List<String> byDocument) {}

  /**
   * Searches.
   *
   * @return empty when no document has a code
   * @throws IllegalStateException when the document is not found at distance 0
   */
  public Optional<Found> run() {
    rest.askUnless(Set.of(403), "POST", index + "/_refresh");
    Optional<JsonNode> document = document();
    if (document.isEmpty()) {
      return Optional.empty();
    }
    JsonNode hit = document.get();
    String id = hit.path("_id").asText();
    ObjectNode byText = Json.object().put("text", textOf(hit)).put("model", model.value());
    ObjectNode byDocument = Json.object();
    ObjectNode like = byDocument.putObject("like");
    like.put("_index", hit.path("_index").asText()).put("_id", id);
    if (hit.has("_routing")) {
      like.set("routing", hit.path("_routing"));
    }
    requireFound(byText, hit, "by its text");
    requireFound(byDocument, hit, "by itself");
    return Optional.of(new Found(id, nearest(byText), nearest(byDocument)));
  }

  /** Some document with a code and a text of a usual length. */
  private Optional<JsonNode> document() {
    ObjectNode search = Json.object().put("size", CANDIDATES);
    search.set("query", Json.object(Map.of("exists", Map.of("field", code.name()))));
    search.putArray("_source").add(text.name());
    return hits(search).stream()
        .filter(hit -> textOf(hit).isBlank() == false && textOf(hit).length() < MAX_CHARACTERS)
        .findFirst();
  }

  private String textOf(JsonNode hit) {
    return String.join("\n", text.texts(hit.path("_source")));
  }

  private List<JsonNode> hits(ObjectNode search) {
    List<JsonNode> hits = new ArrayList<>();
    rest.ask("POST", index + "/_search", search).path("hits").path("hits").forEach(hits::add);
    return hits;
  }

  private ObjectNode hamming(ObjectNode clause) {
    ObjectNode query = Json.object();
    query.set("hamming", clause.deepCopy().put("field", code.name()));
    return query;
  }

  private void requireFound(ObjectNode clause, JsonNode document, String how) {
    ObjectNode search = Json.object().put("size", 1);
    ObjectNode bool = search.putObject("query").putObject("bool");
    bool.set("must", hamming(clause.deepCopy().put("max_distance", 0)));
    bool.putObject("filter").putObject("ids").putArray("values").add(document.path("_id"));
    if (hits(search).isEmpty()) {
      throw new IllegalStateException(
          "document ["
              + document.path("_id").asText()
              + "] of index ["
              + index
              + "] must be found at distance [0] "
              + how
              + ", but is not: its code is not that of its text in ["
              + text
              + "]");
    }
  }

  private List<String> nearest(ObjectNode clause) {
    ObjectNode search = Json.object().put("size", SHOWN);
    search.set("query", hamming(clause));
    search.putArray("_source").add(text.name());
    List<String> lines = new ArrayList<>();
    for (JsonNode hit : hits(search)) {
      String line = textOf(hit).replaceAll("\\s+", " ");
      String snippet = line.length() > SNIPPET ? line.substring(0, SNIPPET) + "..." : line;
      lines.add(
          "score "
              + hit.path("_score").asText()
              + "  "
              + hit.path("_id").asText()
              + "  "
              + snippet);
    }
    return lines;
  }
}
