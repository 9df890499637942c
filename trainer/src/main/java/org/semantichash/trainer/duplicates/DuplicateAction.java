// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;
import org.semantichash.trainer.indexing.FieldPath;
import org.semantichash.trainer.indexing.SourceDocument;

/**
 * What is done to the documents of a group: all but the kept one are deleted, or all are tagged
 * with their group. Tags are an object of three fields, whose mapping is made here: what
 * Elasticsearch would make of the first id is a text, by which nothing collapses.
 *
 * @param tagField the object that gets the tag, a path with dots; null to delete
 * @param singletons whether documents in no group are tagged as groups of their own
 */
public record DuplicateAction(String tagField, boolean singletons) {

  public static final DuplicateAction DELETE = new DuplicateAction(null, false);

  /** The fields of a tag, with the types that they may have; the first is for a new mapping. */
  private static final Map<String, List<String>> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("group", List.of("keyword"));
    FIELDS.put("group_size", List.of("integer", "long"));
    FIELDS.put("kept", List.of("boolean"));
  }

  /**
   * The group of a document.
   *
   * @param group the id of the kept document, after its index where several were searched: the same
   *     in every search that keeps this document
   * @param size how many documents the group has
   * @param kept whether this document is the kept one
   */
  record Tag(String group, int size, boolean kept) {

    /** Of a member of a group. */
    static Tag of(DuplicateSummary summary, DuplicateGroup group, GroupMember member) {
      GroupMember kept = group.kept();
      return new Tag(name(summary, kept.index(), kept.id()), group.size(), member.equals(kept));
    }

    /** Of a document in no group. */
    static Tag alone(DuplicateSummary summary, String index, String id) {
      return new Tag(name(summary, index, id), 1, true);
    }

    private static String name(DuplicateSummary summary, String index, String id) {
      return summary.indices().size() == 1 ? id : index + "/" + id;
    }

    /** Takes the place of a tag that a document loses; its object may hold what is not ours. */
    static ObjectNode none() {
      ObjectNode none = Json.object();
      FIELDS.keySet().forEach(none::putNull);
      return none;
    }

    ObjectNode json() {
      return Json.object().put("group", group).put("group_size", size).put("kept", kept);
    }
  }

  /**
   * Tags.
   *
   * @throws IllegalArgumentException when the field has no name
   */
  public static DuplicateAction tag(String field, boolean singletons) {
    if (field.isBlank()) {
      throw new IllegalArgumentException("[tag_field] must name a field, got [" + field + "]");
    }
    return new DuplicateAction(field, singletons);
  }

  public boolean isDeletion() {
    return tagField == null;
  }

  /** What became of the documents, in one word. */
  public String done() {
    return isDeletion() ? "deleted" : "tagged";
  }

  /** The documents of a group that it is done to. */
  List<GroupMember> treated(DuplicateGroup group) {
    return isDeletion() ? group.others() : group.members();
  }

  /** The bulk API's name of the operation. */
  String operationName() {
    return isDeletion() ? "delete" : "update";
  }

  /** The lines of a bulk request that delete a document, if it still is in this version. */
  String deletion(SourceDocument document) {
    assert isDeletion();
    return document.unchanged(operationName(), null).lines();
  }

  /** The lines that tag a document, or take its tag away for null, if it is in this version. */
  String tagging(SourceDocument document, Tag tag) {
    assert isDeletion() == false;
    ObjectNode fields = Json.object();
    fields.set(tagField, tag == null ? Tag.none() : tag.json());
    ObjectNode update = Json.object();
    update.set("doc", fields);
    return document.unchanged(operationName(), update).lines();
  }

  /**
   * Checks whether the fields of the tag have their types, or are missing.
   *
   * @param indices names or patterns, with commas between them
   * @throws IllegalArgumentException when one is of another type in an index
   */
  public void checkMapping(Rest cluster, String indices) {
    if (isDeletion() == false) {
      lacking(cluster, indices);
    }
  }

  /** Adds the fields of the tag to the mappings of indices without them. */
  public void addMapping(Rest cluster, List<String> indices) {
    if (isDeletion()) {
      return;
    }
    for (String index : indices) {
      lacking(cluster, index)
          .forEach(
              (lacking, fields) -> {
                ObjectNode mapping = Json.object();
                for (String field : fields) {
                  new FieldPath(tagField + "." + field)
                      .define(mapping, Json.object().put("type", FIELDS.get(field).getFirst()));
                }
                cluster.ask("PUT", encoded(lacking) + "/_mapping", mapping);
              });
    }
  }

  /** The fields that are missing, by index. */
  private Map<String, List<String>> lacking(Rest cluster, String indices) {
    Map<String, List<String>> lacking = new LinkedHashMap<>();
    cluster
        .ask("GET", encoded(indices) + "/_mapping")
        .properties()
        .forEach(
            index -> {
              JsonNode mapping = index.getValue().path("mappings");
              checkType(index.getKey(), mapping, tagField, List.of("object"));
              List<String> missing = new ArrayList<>();
              FIELDS.forEach(
                  (field, types) -> {
                    String name = tagField + "." + field;
                    if (checkType(index.getKey(), mapping, name, types) == false) {
                      missing.add(field);
                    }
                  });
              if (missing.isEmpty() == false) {
                lacking.put(index.getKey(), missing);
              }
            });
    return lacking;
  }

  /** Whether there is the field, which must be of one of these types then. */
  private static boolean checkType(
      String index, JsonNode mapping, String field, List<String> types) {
    JsonNode found = new FieldPath(field).definition(mapping);
    if (found.isMissingNode()) {
      return false;
    }
    String type = found.path("type").asText("object");
    if (types.contains(type) == false) {
      throw new IllegalArgumentException(
          "[tag_field] must have type ["
              + types.getFirst()
              + "] for field ["
              + field
              + "], but in index ["
              + index
              + "] that is of type ["
              + type
              + "]; name another object with --tag-field");
    }
    return true;
  }

  private static String encoded(String indices) {
    return URLEncoder.encode(indices, StandardCharsets.UTF_8);
  }
}
