// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.SourceDocument.DocumentId;

/**
 * A document as it was read.
 *
 * @param id where it is
 * @param version its version
 * @param writtenBy the operation that wrote it
 * @param source its fields, as far as they were asked for
 */
public record SourceDocument(
    DocumentId id, long version, DocumentVersion writtenBy, JsonNode source) {

  /**
   * Where a document is.
   *
   * @param index the index
   * @param id its id
   * @param routing the routing, when it has one
   */
  public record DocumentId(String index, String id, Optional<String> routing) {

    static DocumentId of(JsonNode hit) {
      return new DocumentId(
          hit.path("_index").asText(),
          hit.path("_id").asText(),
          Optional.ofNullable(hit.get("_routing")).map(JsonNode::asText));
    }

    /** The same document in another index. */
    DocumentId in(String other) {
      return new DocumentId(other, id, routing);
    }

    /** As [_mget] and the actions of a bulk request name it. */
    ObjectNode toJson() {
      ObjectNode node = Json.object().put("_index", index).put("_id", id);
      routing.ifPresent(value -> node.put("routing", value));
      return node;
    }
  }

  /**
   * The operation that wrote a document, which no other write of it shares.
   *
   * @param seqNo its number on the shard, negative where the index keeps none or nobody asked
   * @param primaryTerm the term of the primary shard that did it
   */
  public record DocumentVersion(long seqNo, long primaryTerm) {

    private static final String SEQ_NO = "_seq_no";
    private static final String PRIMARY_TERM = "_primary_term";

    /** Whether there is one: an index may keep no numbers. */
    public boolean isKnown() {
      return seqNo >= 0 && primaryTerm > 0;
    }

    /** From a JSON object that may have it; empty where it does not. */
    public static Optional<DocumentVersion> ofFields(JsonNode json) {
      return json.hasNonNull(SEQ_NO) && json.hasNonNull(PRIMARY_TERM)
          ? Optional.of(
              new DocumentVersion(json.get(SEQ_NO).asLong(), json.get(PRIMARY_TERM).asLong()))
          : Optional.empty();
    }
  }

  /**
   * The action of a bulk request on this document, if it has not changed since it was read.
   *
   * @param type such as [update]
   * @param body what follows the action; null for none
   */
  public BulkWriter.Action unchanged(String type, JsonNode body) {
    assert writtenBy.isKnown() : "it was not asked for";
    ObjectNode conditions =
        Json.object()
            .put("if_seq_no", writtenBy.seqNo())
            .put("if_primary_term", writtenBy.primaryTerm());
    return BulkWriter.Action.of(type, id, conditions, body);
  }

  /** From a hit of a search or a found document of [_mget]. */
  public static SourceDocument of(JsonNode hit) {
    return new SourceDocument(
        DocumentId.of(hit),
        hit.path("_version").asLong(-1),
        DocumentVersion.ofFields(hit).orElse(new DocumentVersion(-1, -1)),
        hit.path("_source"));
  }

  /** Reads documents by their ids as they are now, whether or not a search sees them yet. */
  static final class DocumentReader {

    /** As [_source] of a search: all fields, also vectors, which are left out otherwise. */
    static final JsonNode WHOLE = Json.object(Map.of("exclude_vectors", false));

    private static final String WITH_VECTORS = "_source_exclude_vectors";

    private final Rest rest;
    private volatile boolean leavesVectorsOut = true; // unless a cluster says that it does not

    DocumentReader(Rest rest) {
      this.rest = rest;
    }

    /** Those documents that there are, by where they are; with all their fields or with none. */
    Map<DocumentId, SourceDocument> read(Collection<DocumentId> ids, boolean whole) {
      return read(
          ids, whole ? "_mget?" + WITH_VECTORS + "=false" : "_mget?_source=false", id -> {});
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
      ObjectNode body = Json.object();
      ArrayNode docs = body.putArray("docs");
      for (DocumentId id : ids) {
        ObjectNode doc = id.toJson();
        more.accept(doc);
        docs.add(doc);
      }
      JsonNode answers = answer(path, body).path("docs");
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

    /** Elasticsearch 8 leaves no vectors out, and does not know the parameter. */
    private JsonNode answer(String path, ObjectNode body) {
      boolean withVectors = path.contains(WITH_VECTORS);
      try {
        return rest.ask("POST", withVectors && leavesVectorsOut == false ? "_mget" : path, body);
      } catch (ClusterException e) {
        if (withVectors && e.status() == 400 && e.getMessage().contains("[" + WITH_VECTORS + "]")) {
          leavesVectorsOut = false;
          return rest.ask("POST", "_mget", body);
        }
        throw e;
      }
    }
  }
}
