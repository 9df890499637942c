// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is done to a document that is not kept.
 *
 * @param tagField the field that gets the kept document's id; null to delete the document
 */
public record Treatment(String tagField) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Deletes. */
  public static final Treatment DELETE = new Treatment(null);

  /**
   * Tags.
   *
   * @throws IllegalArgumentException when the field has no name
   */
  public static Treatment tag(String field) {
    if (field.isBlank()) {
      throw new IllegalArgumentException("[tag_field] must name a field, got [" + field + "]");
    }
    return new Treatment(field);
  }

  /** What became of the documents, in one word. */
  public String done() {
    return tagField == null ? "deleted" : "tagged";
  }

  /** The bulk API's name of the operation. */
  String operationName() {
    return tagField == null ? "delete" : "update";
  }

  /** The lines of a bulk request that do it, if the document still is in this version. */
  String operation(StoredDocument document, GroupMember kept) {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("_index", document.index());
    target.put("_id", document.id());
    document.routing().ifPresent(routing -> target.put("routing", routing));
    target.put("if_seq_no", document.version().sequenceNumber());
    target.put("if_primary_term", document.version().primaryTerm());
    if (tagField == null) {
      return line(Map.of(operationName(), target));
    }
    return line(Map.of(operationName(), target)) + line(Map.of("doc", Map.of(tagField, kept.id())));
  }

  private static String line(Map<String, ?> values) {
    try {
      return JSON.writeValueAsString(values) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
