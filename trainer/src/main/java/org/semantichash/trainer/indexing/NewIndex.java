// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;

/**
 * An index that gets the documents of another, with codes.
 *
 * @param rest the cluster
 * @param source the index that is copied
 * @param name the new index
 */
public record NewIndex(Rest rest, String source, String name) {

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

  private static final String COPY_OF = "semantic_hash_copy_of";
  private static final String FINISHED = "semantic_hash_copy_finished";

  /** Set at the end, so that they do not meddle with the copying. */
  private static final List<String> PIPELINES = List.of("default_pipeline", "final_pipeline");

  /** How far an index was found. */
  enum State {
    /** Made now. */
    MADE,
    /** Made before, and no run has found it equal to its source yet. */
    BEGUN,
    /** Equal to its source once, so that others may use it and write to it. */
    FINISHED
  }

  /**
   * Makes the index, if there is none.
   *
   * @throws IllegalArgumentException when there is an index that is no copy of the source
   */
  State make(TargetField target, boolean multiIndexHashing) {
    JsonNode settings = settings();
    String copied = settings.path("uuid").asText();
    JsonNode existing = existing();
    if (existing.isMissingNode() == false) {
      JsonNode meta = existing.path("_meta");
      requireCopy(meta.path(COPY_OF).asText(), copied);
      target.check(name);
      return meta.path(FINISHED).asBoolean() ? State.FINISHED : State.BEGUN;
    }
    ObjectNode mapping = target.mappings(source).path(source).path("mappings").deepCopy();
    target.field().define(mapping, target.definition(multiIndexHashing));
    ObjectNode meta =
        mapping.path("_meta") instanceof ObjectNode there ? there : mapping.putObject("_meta");
    meta.put(COPY_OF, copied);
    meta.remove(FINISHED); // of a source that is a copy itself
    ObjectNode body = Json.object();
    body.set("mappings", mapping);
    body.putObject("settings").set("index", copyable(settings));
    rest.ask("PUT", name, body);
    return State.MADE;
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
    return rest.askIfThere(name + "/_mapping").path(name).path("mappings");
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

  /** Marks it as finished and gives it the pipelines of the source, as the last thing. */
  void finish() {
    ObjectNode meta = existing().path("_meta").deepCopy();
    rest.ask("PUT", name + "/_mapping", Json.object().set("_meta", meta.put(FINISHED, true)));
    JsonNode settings = settings();
    ObjectNode index = Json.object();
    for (String key : PIPELINES) {
      if (settings.has(key)) {
        index.set(key, settings.path(key));
      }
    }
    if (index.isEmpty() == false) {
      rest.ask("PUT", name + "/_settings", Json.object().set("index", index));
    }
  }

  /**
   * Moves an alias from one index to another in one step, with its filter and routing.
   *
   * @param rest the cluster
   * @param alias its name
   * @param from the index that it leaves; other indices keep it
   * @param to the index that it comes to
   */
  public record AliasSwitch(Rest rest, String alias, String from, String to) {

    /**
     * Checks whether it can be done.
     *
     * @throws IllegalArgumentException when the name is an index's
     */
    public void check() {
      if (configuration(alias, alias).isMissingNode() && isIndex()) {
        throw new IllegalArgumentException(
            "[alias] must not be the name of an index, got [" + alias + "]");
      }
    }

    private boolean isIndex() {
      return rest.askIfThere(alias + "/_settings").has(alias);
    }

    /** Whether the new index has the alias and the old one has not. */
    public boolean isDone() {
      return configuration(to, alias).isMissingNode() == false
          && configuration(from, alias).isMissingNode();
    }

    /** How the source has the alias; missing when it has not. */
    private JsonNode configuration(String index, String name) {
      return rest.askIfThere("_alias/" + name).path(index).path("aliases").path(name);
    }

    public void run() {
      JsonNode old = configuration(from, alias);
      ObjectNode body = Json.object();
      ArrayNode actions = body.putArray("actions");
      if (old.isMissingNode() == false) {
        actions.addObject().putObject("remove").put("index", from).put("alias", alias);
      }
      ObjectNode add = actions.addObject().putObject("add").put("index", to).put("alias", alias);
      if (old instanceof ObjectNode configuration) {
        add.setAll(configuration);
      }
      rest.ask("POST", "_aliases", body);
    }
  }
}
