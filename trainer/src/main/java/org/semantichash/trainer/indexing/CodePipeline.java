// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.ModelName;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.TargetField.Pipelines;

/**
 * The ingest pipeline that gives the documents to come their codes.
 *
 * @param rest the cluster
 * @param name of the pipeline
 * @param model the name of the model
 * @param text the field with the text
 * @param code the field for the code
 */
public record CodePipeline(
    Rest rest, String name, ModelName model, FieldPath text, FieldPath code) {

  /** The settings of an index that name a pipeline, the usual one first. */
  private static final List<String> SETTINGS = List.of("default_pipeline", "final_pipeline");

  /** What a setting says that names no pipeline. */
  private static final String NONE = "_none";

  /** Whether every index of this name sends its documents through a pipeline with such codes. */
  public boolean isUsedBy(String index) {
    List<String> writing = new Pipelines(rest).writing(model, code);
    List<JsonNode> settings = settings(index);
    return settings.isEmpty() == false
        && settings.stream()
            .allMatch(
                one -> SETTINGS.stream().anyMatch(key -> writing.contains(one.path(key).asText())));
  }

  /** The settings of all indices of a name; none if there is no such index. */
  private List<JsonNode> settings(String index) {
    List<JsonNode> settings = new ArrayList<>();
    rest.askIfThere(index + "/_settings")
        .forEach(one -> settings.add(one.path("settings").path("index")));
    return settings;
  }

  /**
   * Checks that the name is not that of a pipeline that does something else.
   *
   * @throws IllegalArgumentException when it is
   */
  public void requireFree() {
    if (rest.askIfThere("_ingest/pipeline/" + name).has(name)
        && new Pipelines(rest).writing(model, code).contains(name) == false) {
      throw new IllegalArgumentException(
          "the cluster has another pipeline ["
              + name
              + "], which does not write field ["
              + code
              + "] with model ["
              + model
              + "]; name another [pipeline]");
    }
  }

  /**
   * Makes the pipeline. Documents without the field go through as they are.
   *
   * @param lenient whether those go through as well whose field is a list, or that cannot be hashed
   */
  public void put(boolean lenient) {
    ObjectNode body = Json.object();
    body.put("description", "codes of [" + text + "] by model [" + model + "] in [" + code + "]");
    ObjectNode processor = body.putArray("processors").addObject().putObject("semantic_hash");
    processor.put("model", model.value()).put("field", text.name());
    processor.put("target_field", code.name()).put("ignore_missing", true);
    if (lenient) {
      processor.put("ignore_failure", true);
    }
    rest.ask("PUT", "_ingest/pipeline/" + name, body);
  }

  /**
   * Lets an index send its documents through the pipeline: as its default pipeline, or as its final
   * one where it has another default. It takes the place of a pipeline that only writes codes of
   * another model into the field, which the field would refuse.
   *
   * @return the name of the setting
   * @throws IllegalArgumentException when both settings name other pipelines
   */
  public String use(String index) {
    String setting = place(index).orElseThrow(() -> new IllegalArgumentException(noPlace(index)));
    rest.ask("PUT", index + "/_settings", Json.object(Map.of(setting, name)));
    return setting;
  }

  /** The setting of an index that can name the pipeline; empty when both name others. */
  public Optional<String> place(String index) {
    List<JsonNode> settings = settings(index);
    return SETTINGS.stream()
        .filter(key -> settings.stream().allMatch(one -> isFree(one.path(key).asText(NONE))))
        .findFirst()
        .map(key -> "index." + key);
  }

  /** What to do where the index has no place for it. */
  public String noPlace(String index) {
    return "index ["
        + index
        + "] has a default and a final pipeline already; add to one of them a processor"
        + " [pipeline] with the name ["
        + name
        + "]";
  }

  private boolean isFree(String value) {
    return value.equals(NONE)
        || value.equals(name)
        || new Pipelines(rest).isOfAnotherModel(value, model, code);
  }
}
