// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;

/** Reads documents by their ids as they are now, whether or not a search sees them yet. */
record DocumentReader(Rest rest) {

  /** As [_source] of a search: all fields, also vectors, which else are left out. */
  static final JsonNode WHOLE = Body.of(Map.of("exclude_vectors", false));

  /** Those documents that there are, by where they are; with all their fields or with none. */
  Map<DocumentId, SourceDocument> read(Collection<DocumentId> ids, boolean whole) {
    return read(
        ids, whole ? "_mget?_source_exclude_vectors=false" : "_mget?_source=false", id -> {});
  }

  /**
   * Those documents that there are, by where they are.
   *
   * @param source which fields: as [_source] of a request has it
   */
  Map<DocumentId, SourceDocument> read(Collection<DocumentId> ids, JsonNode source) {
    return read(ids, "_mget", id -> id.set("_source", source));
  }

  private Map<DocumentId, SourceDocument> read(
      Collection<DocumentId> ids, String path, Consumer<ObjectNode> more) {
    Map<DocumentId, SourceDocument> found = new LinkedHashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    ObjectNode body = Body.empty();
    ArrayNode docs = body.putArray("docs");
    for (DocumentId id : ids) {
      ObjectNode doc = id.toJson();
      more.accept(doc);
      docs.add(doc);
    }
    JsonNode answers = rest.ask("POST", path, body).path("docs");
    int at = 0;
    for (DocumentId id : ids) {
      JsonNode doc = answers.path(at++);
      if (doc.has("error")) {
        throw new ClusterException(500, "[" + id.id() + "] cannot be read: " + doc.path("error"));
      }
      if (doc.path("found").asBoolean()) {
        found.put(id, SourceDocument.of(doc));
      }
    }
    return found;
  }
}
