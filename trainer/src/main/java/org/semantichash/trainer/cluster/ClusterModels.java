// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models of a cluster.
 *
 * @param cluster the cluster
 */
public record ClusterModels(Rest cluster) {

  static final String PATH = "_semantic_hash/models";

  /** All models, as the cluster shows them. */
  public List<JsonNode> list() {
    List<JsonNode> models = new ArrayList<>();
    cluster.ask("GET", PATH).path("models").forEach(models::add);
    return models;
  }

  /** The digest of a model; empty when there is none of this name. */
  public Optional<String> digest(ModelName name) {
    JsonNode digest = cluster.askIfThere(PATH + "/" + name).path("models").path(0).path("digest");
    return digest.isMissingNode() ? Optional.empty() : Optional.of(digest.asText());
  }

  /**
   * The fields whose codes would be of an older file, if a model had this one; they refuse new
   * codes then.
   *
   * @param name of the model or an alias; no fields when there is none
   * @param digest the SHA-256 of the new file
   */
  public List<OldCodeField> oldCodes(ModelName name, String digest) {
    String path = PATH + "/" + name + "?old_codes=true&digest=" + digest;
    List<OldCodeField> old = new ArrayList<>();
    for (JsonNode field : cluster.askIfThere(path).path("models").path(0).path("old_codes")) {
      old.add(
          new OldCodeField(
              field.path("index").asText(),
              field.path("field").asText(),
              field.path("documents").asLong(-1)));
    }
    return old;
  }

  /**
   * A field with codes of an older file.
   *
   * @param documents how many have such a code; -1 for a user who may not count them
   */
  public record OldCodeField(String index, String field, long documents) {

    @Override
    public String toString() {
      return "index ["
          + index
          + "]: field ["
          + field
          + "] with "
          + (documents < 0 ? "an unknown number of" : Long.toString(documents))
          + " codes";
    }
  }

  /**
   * Deletes a model.
   *
   * @param force whether even when it is used
   */
  public void delete(ModelName name, boolean force) {
    cluster.ask("DELETE", PATH + "/" + name + "?force=" + force);
  }

  /** Points an alias to a model. */
  public void setAlias(ModelName alias, ModelName model) {
    cluster.ask(
        "PUT", "_semantic_hash/aliases/" + alias, Json.object(Map.of("model", model.value())));
  }
}
