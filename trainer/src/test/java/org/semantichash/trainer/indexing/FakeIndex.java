// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;

/** As much of a cluster as hashing in place needs: one index [news] with a model [m]. */
final class FakeIndex implements Rest {

  static final String DIGEST = "0123456789abcdef".repeat(4);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A document; every write has a number of its own. */
  record Stored(long seqNo, JsonNode source) {}

  final Map<String, Stored> documents = new TreeMap<>();
  final Map<String, Integer> hashed = new HashMap<>();
  final Map<String, Integer> written = new HashMap<>();
  final ObjectNode mapping = Json.object();
  private final Map<String, List<JsonNode>> pointsInTime = new HashMap<>();
  private long seqNo;

  /** May refuse a request, or change a document before it. */
  Consumer<String> before = request -> {};

  /** May lose an answer. */
  Consumer<String> after = request -> {};

  /** The status of an item of a bulk request by id; 0 to do it. */
  ToIntFunction<String> refused = id -> 0;

  String digest = DIGEST;

  String mode = "standard";

  synchronized void put(String id, String source) {
    try {
      documents.put(id, new Stored(seqNo++, JSON.readTree(source)));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  static String code(String text) {
    return String.format(Locale.ROOT, "%08x", text.hashCode());
  }

  @Override
  public synchronized JsonNode ask(String method, String path, JsonNode body) {
    String request = method + " " + path.split("[?]", 2)[0];
    before.accept(request);
    JsonNode answer = answer(request, body);
    after.accept(request);
    return answer;
  }

  private JsonNode answer(String request, JsonNode body) {
    return switch (request) {
      case "GET news/_mapping" -> Json.object(Map.of("news", Map.of("mappings", mapping)));
      case "GET news/_settings/index.mode" ->
          Json.object(Map.of("news", Map.of("settings", Map.of("index", Map.of("mode", mode)))));
      case "PUT news/_mapping" -> mapping.setAll((ObjectNode) body);
      case "POST news/_refresh" -> Json.object();
      case "POST news/_count" ->
          Json.object().put("count", hits().stream().filter(FakeIndex::lacksCode).count());
      case "POST news/_pit" -> {
        String id = "pit" + pointsInTime.size();
        pointsInTime.put(id, hits());
        yield Json.object().put("id", id);
      }
      case "DELETE _pit" -> Json.object();
      case "POST _search" -> search(body);
      case "POST _mget" -> read(body);
      case "POST _semantic_hash/models/m/_hash" -> hash(body);
      default -> throw new ClusterException(400, "no handler for " + request);
    };
  }

  private static boolean lacksCode(JsonNode hit) {
    return hit.path("_source").hasNonNull("code") == false;
  }

  private List<JsonNode> hits() {
    List<JsonNode> hits = new ArrayList<>();
    documents.forEach(
        (id, stored) ->
            hits.add(hit(id, stored).set("sort", Json.object().putArray("s").add(hits.size()))));
    return hits;
  }

  private static ObjectNode hit(String id, Stored stored) {
    ObjectNode hit =
        Json.object()
            .put("_index", "news")
            .put("_id", id)
            .put("_seq_no", stored.seqNo())
            .put("_primary_term", 1);
    hit.set("_source", stored.source());
    return hit;
  }

  private JsonNode search(JsonNode body) {
    int slices = body.path("slice").path("max").asInt(1);
    int slice = body.path("slice").path("id").asInt(0);
    int from = body.path("search_after").path(0).asInt(-1);
    ObjectNode answer = Json.object();
    ArrayNode hits = answer.putObject("hits").putArray("hits");
    boolean all = body.path("query").has("match_all");
    for (JsonNode hit : pointsInTime.get(body.at("/pit/id").asText())) {
      int at = hit.path("sort").path(0).asInt();
      if ((all || lacksCode(hit))
          && at > from
          && at % slices == slice
          && hits.size() < body.path("size").asInt()) {
        hits.add(hit);
      }
    }
    return answer;
  }

  private JsonNode read(JsonNode body) {
    ObjectNode answer = Json.object();
    ArrayNode docs = answer.putArray("docs");
    for (JsonNode doc : body.path("docs")) {
      String id = doc.path("_id").asText();
      Stored stored = documents.get(id);
      docs.add(stored == null ? Json.object().put("_id", id) : hit(id, stored).put("found", true));
    }
    return answer;
  }

  private JsonNode hash(JsonNode body) {
    ObjectNode answer = Json.object().put("digest", digest);
    ArrayNode docs = answer.putArray("docs");
    for (JsonNode doc : body.path("docs")) {
      String text = doc.path("text").asText();
      hashed.merge(text, 1, Integer::sum);
      docs.addObject()
          .put("code", code(text))
          .put("known_terms", text.isBlank() || text.startsWith("?") ? 0 : 1);
    }
    return answer;
  }

  @Override
  public synchronized JsonNode bulk(String path, String lines) {
    before.accept("BULK");
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    List<String> all = lines.lines().toList();
    try {
      for (int i = 0; i < all.size(); i += 2) {
        JsonNode meta = JSON.readTree(all.get(i)).path("update");
        items
            .addObject()
            .putObject("update")
            .put("_id", meta.path("_id").asText())
            .put("status", update(meta, JSON.readTree(all.get(i + 1)).path("doc")));
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
    after.accept("BULK");
    return answer;
  }

  private int update(JsonNode meta, JsonNode change) {
    String id = meta.path("_id").asText();
    int status = refused.applyAsInt(id);
    if (status > 0) {
      return status;
    }
    Stored stored = documents.get(id);
    if (stored == null) {
      return 404;
    }
    if (stored.seqNo() != meta.path("if_seq_no").asLong(-1)) {
      return 409;
    }
    ObjectNode source = stored.source().deepCopy();
    source.setAll((ObjectNode) change);
    documents.put(id, new Stored(seqNo++, source));
    written.merge(id, 1, Integer::sum);
    return 200;
  }

  @Override
  public JsonNode put(String path, byte[] bytes, int from, int to) {
    throw new AssertionError(path);
  }
}
