// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Rest;

/**
 * An index that gets the documents of another, with codes.
 *
 * @param rest the cluster
 * @param source the index that is copied
 * @param name the new index
 */
record NewIndex(Rest rest, String source, String name) {

  /** What belongs to one index only, or to its place in the cluster. */
  private static final List<String> OWN =
      List.of(
          "uuid",
          "creation_date",
          "creation_date_string",
          "provided_name",
          "version",
          "resize",
          "blocks",
          "history",
          "lifecycle",
          "store",
          "routing.allocation.initial_recovery",
          "verified_before_close",
          "frozen");

  /** Set at the end, so that they do not meddle with the copying. */
  private static final List<String> PIPELINES = List.of("default_pipeline", "final_pipeline");

  /**
   * Makes the index, if there is none.
   *
   * @return whether it was made now; false when an earlier call has
   * @throws IllegalArgumentException when there is an index that is no copy of the source
   */
  boolean make(TargetField target, boolean multiIndexHashing) {
    JsonNode settings = settings();
    String copied = settings.path("uuid").asText();
    JsonNode existing = existing();
    if (existing.isMissingNode() == false) {
      requireCopy(existing.path("_meta").path("semantic_hash_copy_of").asText(), copied);
      target.check(name);
      return false;
    }
    ObjectNode mapping = target.mappings(source).path(source).path("mappings").deepCopy();
    target.field().define(mapping, target.definition(multiIndexHashing));
    ObjectNode meta =
        mapping.path("_meta") instanceof ObjectNode there ? there : mapping.putObject("_meta");
    meta.put("semantic_hash_copy_of", copied);
    ObjectNode body = Body.empty();
    body.set("mappings", mapping);
    body.putObject("settings").set("index", copyable(settings));
    rest.ask("PUT", name, body);
    return true;
  }

  private JsonNode settings() {
    JsonNode answer = rest.ask("GET", source + "/_settings");
    if (answer.size() != 1 || answer.has(source) == false) {
      throw new IllegalArgumentException(
          "[index] must be one index, no alias, no data stream and no pattern, when it is copied;"
              + " ["
              + source
              + "] stands for "
              + answer.propertyStream().map(Map.Entry::getKey).toList());
    }
    return answer.path(source).path("settings").path("index");
  }

  private JsonNode existing() {
    try {
      return rest.ask("GET", name + "/_mapping").path(name).path("mappings");
    } catch (ClusterException e) {
      if (e.status() == 404) {
        return Body.empty().path("none");
      }
      throw e;
    }
  }

  private void requireCopy(String copyOf, String copied) {
    if (copyOf.equals(copied) == false) {
      throw new IllegalArgumentException(
          "index [" + name + "] exists already and is no copy of [" + source + "] as it is now");
    }
  }

  private static ObjectNode copyable(JsonNode settings) {
    ObjectNode copy = settings.deepCopy();
    OWN.forEach(key -> remove(copy, key));
    copy.remove(PIPELINES);
    return copy;
  }

  private static void remove(ObjectNode settings, String key) {
    int dot = key.lastIndexOf('.');
    JsonNode parent = settings.at(dot < 0 ? "" : "/" + key.substring(0, dot).replace('.', '/'));
    if (parent instanceof ObjectNode object) {
      object.remove(key.substring(dot + 1));
    }
  }

  /** Gives it the pipelines of the source, as the last thing. */
  void finish() {
    JsonNode settings = settings();
    ObjectNode index = Body.empty();
    for (String key : PIPELINES) {
      if (settings.has(key)) {
        index.set(key, settings.path(key));
      }
    }
    if (index.isEmpty() == false) {
      rest.ask("PUT", name + "/_settings", Body.empty().set("index", index));
    }
  }
}
