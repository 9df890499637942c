// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.duplicates.DuplicateGroup.GroupMember;
import org.semantichash.trainer.indexing.SourceDocument.DocumentVersion;

/** As much of a cluster as it takes to read documents by id, and to write them in bulk. */
final class FakeIndex implements Rest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A document; two can have the same id when they have different routings. */
  static final class Stored {
    final String index;
    final String id;
    final String routing;
    String code;
    Map<String, Object> source = new LinkedHashMap<>();
    long sequenceNumber;

    Stored(String index, String id, String routing, String code) {
      this.index = index;
      this.id = id;
      this.routing = routing;
      this.code = code;
    }
  }

  final List<Stored> documents = new ArrayList<>();

  /** The lines of all bulk requests. */
  final List<String> bulkLines = new ArrayList<>();

  /** Happens between reading and writing. */
  Runnable beforeWriting = () -> {};

  private long sequence = 10;

  Stored put(String index, String id, String code) {
    return put(index, id, null, code);
  }

  Stored put(String index, String id, String routing, String code) {
    Stored stored = new Stored(index, id, routing, code);
    documents.add(stored);
    change(stored);
    return stored;
  }

  /** A member of a group, in the version that the document now has. */
  GroupMember member(String id, int distance) {
    return member("news", id, distance);
  }

  GroupMember member(String index, String id, int distance) {
    Optional<DocumentVersion> version =
        documents.stream()
            .filter(stored -> stored.index.equals(index) && stored.id.equals(id))
            .map(stored -> new DocumentVersion(stored.sequenceNumber, 3))
            .findFirst();
    return new GroupMember(
        index,
        id,
        distance,
        OptionalDouble.empty(),
        version.or(() -> Optional.of(new DocumentVersion(0, 3))));
  }

  /** Makes it another version. */
  void change(Stored stored) {
    stored.sequenceNumber = sequence++;
  }

  List<String> ids() {
    return documents.stream().map(stored -> stored.id).sorted().toList();
  }

  @Override
  public JsonNode ask(String method, String path, JsonNode body) {
    if (method.equals("POST") && path.endsWith("/_search")) {
      return JSON.valueToTree(search(path.substring(0, path.indexOf('/')), body));
    }
    throw new AssertionError("unexpected request " + method + " " + path);
  }

  private Object search(String index, JsonNode body) {
    List<String> ids = new ArrayList<>();
    body.at("/query/ids/values").forEach(id -> ids.add(id.asText()));
    String field = body.at("/docvalue_fields/0").asText();
    List<Object> hits = new ArrayList<>();
    for (Stored stored : documents) {
      if (stored.index.equals(index) && ids.contains(stored.id)) {
        hits.add(hit(stored, field, body.at("/seq_no_primary_term").asBoolean()));
      }
    }
    hits.subList(Math.min(hits.size(), body.path("size").asInt()), hits.size()).clear();
    return Map.of("hits", Map.of("hits", hits));
  }

  private static Object hit(Stored stored, String field, boolean versioned) {
    Map<String, Object> hit = new LinkedHashMap<>();
    hit.put("_index", stored.index);
    hit.put("_id", stored.id);
    hit.put("_source", stored.source);
    if (stored.routing != null) {
      hit.put("_routing", stored.routing);
    }
    if (versioned) {
      hit.put("_seq_no", stored.sequenceNumber);
      hit.put("_primary_term", 3);
    }
    if (stored.code != null) {
      hit.put("fields", Map.of(field, List.of(stored.code)));
    }
    return hit;
  }

  @Override
  public JsonNode bulk(String path, String operations) {
    beforeWriting.run();
    List<Object> items = new ArrayList<>();
    List<String> lines = Arrays.asList(operations.split("\n", -1));
    bulkLines.addAll(lines);
    try {
      for (int i = 0; i < lines.size() - 1; i++) {
        JsonNode operation = JSON.readTree(lines.get(i));
        if (operation.has("delete")) {
          items.add(Map.of("delete", Map.of("status", delete(operation.get("delete")))));
        } else {
          JsonNode part = JSON.readTree(lines.get(++i)).get("doc");
          items.add(Map.of("update", Map.of("status", update(operation.get("update"), part))));
        }
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
    return JSON.valueToTree(Map.of("items", items));
  }

  private int delete(JsonNode target) {
    Stored stored = find(target);
    int status = status(stored, target);
    if (status == 200) {
      documents.remove(stored);
    }
    return status;
  }

  private int update(JsonNode target, JsonNode part) {
    Stored stored = find(target);
    int status = status(stored, target);
    if (status == 200) {
      part.properties()
          .forEach(
              p ->
                  stored.source.put(
                      p.getKey(),
                      p.getValue().isObject() ? p.getValue().toString() : p.getValue().asText()));
      change(stored);
    }
    return status;
  }

  private static int status(Stored stored, JsonNode target) {
    if (stored == null) {
      return 404;
    }
    boolean same =
        target.path("if_seq_no").asLong(-1) == stored.sequenceNumber
            && target.path("if_primary_term").asLong(-1) == 3;
    return same ? 200 : 409;
  }

  private Stored find(JsonNode target) {
    return documents.stream()
        .filter(stored -> stored.index.equals(target.path("_index").asText()))
        .filter(stored -> stored.id.equals(target.path("_id").asText()))
        .filter(
            stored ->
                stored.routing == null || stored.routing.equals(target.path("routing").asText()))
        .findFirst()
        .orElse(null);
  }

  @Override
  public JsonNode put(String path, byte[] bytes, int from, int to) {
    throw new AssertionError(path);
  }
}
