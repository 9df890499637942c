// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.Rest;

/**
 * The field for the codes in the mapping.
 *
 * @param rest the cluster
 * @param field its name
 * @param model the model of its codes; null where only its states are asked
 */
public record TargetField(Rest rest, FieldPath field, HashModel model) {

  /** The modes of indices that refuse every update of a document. */
  private static final Set<String> FIXED = Set.of("time_series", "columnar", "logsdb_columnar");

  /**
   * The field in one index.
   *
   * @param index the index
   * @param digest the digest that it is bound to, empty for none
   * @param exists whether there is such a field
   */
  public record FieldState(String index, String digest, boolean exists) {

    /** Whether it exists and is bound to no digest. */
    boolean isUnbound() {
      return exists && digest.isEmpty();
    }

    /** Whether it is bound to another digest than this. */
    public boolean isOld(HashModel model) {
      return digest.isEmpty() == false && digest.equals(model.shortDigest()) == false;
    }
  }

  /** The definition of a new field, which is bound to the model from the beginning. */
  ObjectNode definition(boolean multiIndexHashing) {
    ObjectNode definition =
        Json.object()
            .put("type", "hash_code")
            .put("bits", model.bits())
            .put("model", model.name().value())
            .put("digest", model.shortDigest());
    if (multiIndexHashing) {
      definition.put("multi_index_hashing", true);
    }
    return definition;
  }

  /** The state of the field in every index of this name. */
  public List<FieldState> states(String index) {
    List<FieldState> states = new ArrayList<>();
    mappings(index)
        .properties()
        .forEach(
            entry -> {
              JsonNode found = field.definition(entry.getValue().path("mappings"));
              states.add(
                  new FieldState(
                      entry.getKey(),
                      found.path("digest").asText(""),
                      found.isMissingNode() == false));
            });
    return states;
  }

  JsonNode mappings(String index) {
    return rest.ask("GET", index + "/_mapping");
  }

  /**
   * Checks whether this model's codes can be written into the documents that are there.
   *
   * @return the field in every index
   * @throws IllegalArgumentException when one has another field of this name, no sources, or
   *     documents that cannot be updated
   */
  public List<FieldState> check(String index) {
    rest.ask("GET", index + "/_settings/index.mode")
        .properties()
        .forEach(
            entry ->
                requireUpdates(
                    entry.getKey(), entry.getValue().at("/settings/index/mode").asText("")));
    mappings(index)
        .properties()
        .forEach(entry -> check(entry.getKey(), entry.getValue().path("mappings")));
    return states(index);
  }

  private static void requireUpdates(String index, String mode) {
    if (FIXED.contains(mode)) {
      throw new IllegalArgumentException(
          "index ["
              + index
              + "] has the [index.mode] ["
              + mode
              + "], whose documents cannot be updated; a new index can be made with --into");
    }
  }

  private void check(String index, JsonNode mapping) {
    if (mapping.path("_source").path("enabled").asBoolean(true) == false) {
      throw new IllegalArgumentException("index [" + index + "] keeps no [_source]");
    }
    JsonNode found = field.definition(mapping);
    if (found.isMissingNode()) {
      return;
    }
    require(index, "type", "hash_code", found.path("type").asText("object"));
    require(index, "bits", Integer.toString(model.bits()), found.path("bits").asText());
    require(index, "model", model.name().value(), found.path("model").asText(model.name().value()));
    require(index, "digest", model.shortDigest(), found.path("digest").asText(model.shortDigest()));
  }

  private void require(String index, String parameter, String wanted, String found) {
    if (wanted.equals(found) == false) {
      throw new IllegalArgumentException(
          "field ["
              + field
              + "] of index ["
              + index
              + "] has ["
              + parameter
              + "] ["
              + found
              + "], must be ["
              + wanted
              + "]; a field cannot be changed, so give the codes another one, or a new index with"
              + " --into");
    }
  }

  /** Adds the field where it is missing. */
  public void add(String index, boolean multiIndexHashing) {
    ObjectNode mapping = Json.object();
    field.define(mapping, definition(multiIndexHashing));
    rest.ask("PUT", index + "/_mapping", mapping);
  }

  /** Ingest pipelines that write codes. */
  public record Pipelines(Rest rest) {

    /** Those that write this model's codes into this field; none when one may not look. */
    public List<String> writing(ModelName model, FieldPath field) {
      List<String> names = new ArrayList<>();
      for (var pipeline :
          rest.askUnless(Set.of(403, 404), "GET", "_ingest/pipeline").properties()) {
        if (anyProcessor(pipeline.getValue(), model, field)) {
          names.add(pipeline.getKey());
        }
      }
      return names;
    }

    /** Whether all that a pipeline does is to write codes of another model into this field. */
    boolean isOfAnotherModel(String name, ModelName model, FieldPath field) {
      JsonNode processors =
          rest.askUnless(Set.of(403, 404), "GET", "_ingest/pipeline/" + name)
              .path(name)
              .path("processors");
      JsonNode only = processors.path(0).path("semantic_hash");
      return processors.size() == 1
          && only.path("target_field").asText().equals(field.name())
          && only.path("model").asText().equals(model.value()) == false;
    }

    private static boolean anyProcessor(JsonNode pipeline, ModelName model, FieldPath field) {
      Stream<JsonNode> processors = pipeline.findValues("semantic_hash").stream();
      return processors.anyMatch(
          processor ->
              processor.path("model").asText().equals(model.value())
                  && processor.path("target_field").asText().equals(field.name()));
    }
  }
}
