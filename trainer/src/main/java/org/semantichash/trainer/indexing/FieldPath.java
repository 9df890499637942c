// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.semantichash.trainer.cluster.Json;

/**
 * A field by its full name; objects on the way are parted by dots.
 *
 * @param name such as [title] or [article.body]
 */
public record FieldPath(String name) {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when a part of it is empty
   */
  public FieldPath {
    if (List.of(name.split("[.]", -1)).contains("")) {
      throw new IllegalArgumentException(
          "a field must be named like [title] or [article.body], got [" + name + "]");
    }
  }

  private String[] parts() {
    return name.split("[.]", -1);
  }

  /** All strings of this field in a document, however deep in lists and objects they are. */
  public List<String> texts(JsonNode source) {
    List<String> texts = new ArrayList<>();
    collect(source, name, texts);
    return texts;
  }

  /** The rest of the name may be one key with dots, or several keys. */
  private static void collect(JsonNode node, String rest, List<String> texts) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, rest, texts));
    } else if (rest.isEmpty()) {
      if (node.isTextual()) {
        texts.add(node.asText());
      }
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              entry -> {
                String key = entry.getKey();
                if (rest.equals(key)) {
                  collect(entry.getValue(), "", texts);
                } else if (rest.startsWith(key + ".")) {
                  collect(entry.getValue(), rest.substring(key.length() + 1), texts);
                }
              });
    }
  }

  /** Whether this field can be set without touching another one: no list is on the path. */
  boolean fits(JsonNode source) {
    JsonNode node = source;
    String[] parts = parts();
    for (int i = 0; i < parts.length - 1; i++) {
      node = node.path(parts[i]);
      if (node.isMissingNode() == false && node.isObject() == false) {
        return false;
      }
    }
    return true;
  }

  /** What of a document must be read to know this. */
  String root() {
    return parts()[0];
  }

  /** Sets this field of a document and replaces any value of the same name. */
  void set(ObjectNode document, String value) {
    if (document.has(name)) {
      document.put(name, value);
      return;
    }
    String[] parts = parts();
    ObjectNode object = document;
    for (int i = 0; i < parts.length - 1; i++) {
      object =
          object.path(parts[i]) instanceof ObjectNode inner ? inner : object.putObject(parts[i]);
    }
    object.put(parts[parts.length - 1], value);
  }

  /** Takes this field out of a document. */
  void remove(ObjectNode document) {
    document.remove(name);
    JsonNode object = document;
    String[] parts = parts();
    for (int i = 0; i < parts.length - 1; i++) {
      object = object.path(parts[i]);
    }
    if (object instanceof ObjectNode last) {
      last.remove(parts[parts.length - 1]);
    }
  }

  /** A document with this field only. */
  ObjectNode document(String value) {
    ObjectNode document = Json.object();
    set(document, value);
    return document;
  }

  /** The definition of this field in a mapping; missing when there is none. */
  public JsonNode definition(JsonNode mapping) {
    JsonNode node = mapping;
    for (String part : parts()) {
      node = node.path("properties").path(part);
    }
    return node.isObject() ? node : MissingNode.getInstance();
  }

  /** Sets the definition of this field in a mapping. */
  public void define(ObjectNode mapping, ObjectNode definition) {
    String[] parts = parts();
    ObjectNode properties = object(mapping, "properties");
    for (int i = 0; i < parts.length - 1; i++) {
      properties = object(object(properties, parts[i]), "properties");
    }
    properties.set(parts[parts.length - 1], definition);
  }

  private static ObjectNode object(ObjectNode parent, String key) {
    return parent.path(key) instanceof ObjectNode child ? child : parent.putObject(key);
  }

  @Override
  public String toString() {
    return name;
  }
}
