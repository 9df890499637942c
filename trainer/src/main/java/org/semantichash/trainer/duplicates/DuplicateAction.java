// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;
import org.semantichash.trainer.indexing.FieldPath;
import org.semantichash.trainer.indexing.SourceDocument;

/**
 * What is done to a document that is not kept: it is deleted, or tagged with the id of the kept
 * one. The tag is a keyword, which can be searched, sorted and collapsed by; what Elasticsearch
 * would make of the first tag is a text.
 *
 * @param tagField the field that gets the kept document's id, a path with dots; null to delete
 */
public record DuplicateAction(String tagField) {

  private static final String TYPE = "keyword";

  public static final DuplicateAction DELETE = new DuplicateAction(null);

  /**
   * Tags.
   *
   * @throws IllegalArgumentException when the field has no name
   */
  public static DuplicateAction tag(String field) {
    if (field.isBlank()) {
      throw new IllegalArgumentException("[tag_field] must name a field, got [" + field + "]");
    }
    return new DuplicateAction(field);
  }

  public boolean isDeletion() {
    return tagField == null;
  }

  /** What became of the documents, in one word. */
  public String done() {
    return isDeletion() ? "deleted" : "tagged";
  }

  /** The bulk API's name of the operation. */
  String operationName() {
    return isDeletion() ? "delete" : "update";
  }

  /** The lines of a bulk request that do it, if the document still is in this version. */
  String operation(SourceDocument document, GroupMember kept) {
    return document
        .unchanged(
            operationName(),
            isDeletion() ? null : Json.object(Map.of("doc", Map.of(tagField, kept.id()))))
        .lines();
  }

  /**
   * Checks whether the field of the tag is a keyword, or missing.
   *
   * @param indices names or patterns, with commas between them
   * @throws IllegalArgumentException when it is of another type in an index
   */
  public void checkMapping(Rest cluster, String indices) {
    if (isDeletion() == false) {
      lacking(cluster, indices);
    }
  }

  /** Adds the field of the tag to the mappings of indices without it. */
  public void addMapping(Rest cluster, List<String> indices) {
    if (isDeletion()) {
      return;
    }
    for (String index : indices) {
      for (String lacking : lacking(cluster, index)) {
        ObjectNode mapping = Json.object();
        new FieldPath(tagField).define(mapping, Json.object().put("type", TYPE));
        cluster.ask("PUT", encoded(lacking) + "/_mapping", mapping);
      }
    }
  }

  private List<String> lacking(Rest cluster, String indices) {
    return cluster
        .ask("GET", encoded(indices) + "/_mapping")
        .propertyStream()
        .filter(index -> isMissing(index.getKey(), index.getValue().path("mappings")))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isMissing(String index, JsonNode mapping) {
    JsonNode found = new FieldPath(tagField).definition(mapping);
    String type = found.path("type").asText("object");
    if (found.isMissingNode() == false && type.equals(TYPE) == false) {
      throw new IllegalArgumentException(
          "[tag_field] must be of type ["
              + TYPE
              + "], but field ["
              + tagField
              + "] of index ["
              + index
              + "] is of type ["
              + type
              + "]; name another one with --tag-field");
    }
    return found.isMissingNode();
  }

  private static String encoded(String indices) {
    return URLEncoder.encode(indices, StandardCharsets.UTF_8);
  }
}
