// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.trainer.cluster.Rest;

/** Reads the texts of documents. */
final class SnippetReader {

  private final StoredDocuments stored;
  private final String field;

  /**
   * Reads from a cluster.
   *
   * @param codeField the field with the codes, which is no text
   * @param field the field with the text, a path with dots
   */
  SnippetReader(Rest cluster, String codeField, String field) {
    this.stored = new StoredDocuments(cluster, codeField, List.of(field));
    this.field = field;
  }

  /** The beginnings of the texts, by document; what is gone or has no text is missing. */
  Map<GroupMember, Snippet> read(List<GroupMember> members) {
    StoredDocuments.Read found = stored.read(members);
    Map<GroupMember, Snippet> snippets = new HashMap<>();
    for (GroupMember member : members) {
      StoredDocument document = found.get(member);
      if (document != null) {
        String text = text(value(document.source()));
        if (text.isBlank() == false) {
          snippets.put(member, Snippet.of(text));
        }
      }
    }
    return snippets;
  }

  /** The field's value, whether the source nests objects or has a name with dots. */
  private JsonNode value(JsonNode source) {
    if (source.has(field)) {
      return source.get(field);
    }
    JsonNode value = source;
    for (String name : field.split("[.]", -1)) {
      value = value.path(name);
    }
    return value;
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      StringBuilder joined = new StringBuilder();
      value.forEach(element -> joined.append(text(element)).append('\n'));
      return joined.toString();
    }
    return value.asText("");
  }
}
