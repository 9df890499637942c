// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.fields;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.semantichash.it.SafetyRow;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/**
 * What happens to a code and its stamp where {@code _source} does not keep them as they came: in
 * every mode of {@code _source}, when another field is updated, when documents are copied, and when
 * a node comes back.
 */
@DisabledIfSystemProperty(
    named = "elasticsearch.version",
    matches = "8\\..*",
    disabledReason = "codes stay in _source: CodesInSourceIT")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeSourceIT {

  private static final int DOCUMENTS = 60;
  private static final String DIGEST = "0123456789abcdef";
  private static final String WITH_CODES = "_source_exclude_vectors=false";
  private static final String TIME = "2026-01-01T00:00:00Z";

  /** How an index keeps {@code _source}: settings, and more in its mapping. */
  private record Mode(String name, Map<String, Object> settings, Map<String, Object> mapping) {

    static Mode of(String name, String setting, Object value) {
      return new Mode(name, Map.of(setting, value), Map.of());
    }

    /** Such an index has no nested objects and no copies. */
    boolean isColumnar() {
      return name.contains("columnar");
    }
  }

  private static final List<Mode> MODES =
      List.of(
          new Mode("stored", Map.of(), Map.of()),
          Mode.of("whole", "index.mapping.exclude_source_vectors", false),
          new Mode(
              "excluding",
              Map.of(),
              Map.of("_source", Map.of("excludes", List.of("code", "a.code", "n.code")))),
          Mode.of("synthetic", "index.mapping.source.mode", "synthetic"),
          Mode.of("logsdb", "index.mode", "logsdb"),
          Mode.of("columnar", "index.mode", "columnar"),
          Mode.of("logsdb-columnar", "index.mode", "logsdb_columnar"),
          Mode.of("vectordb", "index.mode", "vectordb_document"),
          Mode.of("lookup", "index.mode", "lookup"));

  private Cluster cluster;

  @BeforeAll
  void start() throws IOException {
    cluster = Cluster.start("code-source", 2, Distribution.ofBuild().quickStart());
    http().post("/_license/start_trial?acknowledge=true").ok();
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private Http http() {
    return cluster.http();
  }

  private Reply create(String index, Mode mode, int replicas) throws IOException {
    Map<String, Object> code = Map.of("type", "hash_code", "bits", 64);
    Map<String, Object> object = Map.of("properties", Map.of("code", code));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("@timestamp", Map.of("type", "date"));
    properties.put("other", Map.of("type", "long"));
    properties.put("code", code);
    properties.put("a", object);
    if (mode.isColumnar() == false) {
      properties.put("n", Map.of("type", "nested", "properties", object.get("properties")));
      properties.put("copied", Map.of("type", "keyword", "copy_to", "copy"));
      properties.put("copy", code);
    }
    Map<String, Object> mapping = new LinkedHashMap<>(mode.mapping());
    mapping.put("properties", properties);
    Map<String, Object> settings = new LinkedHashMap<>(mode.settings());
    settings.put("index.number_of_replicas", replicas);
    settings.put("index.number_of_shards", 1);
    return http().put("/" + index, Map.of("settings", settings, "mappings", mapping));
  }

  /** Every third code is bare, stamped, or stamped with its text, in every place of a document. */
  private static Map<String, Object> document(int id, boolean whole) {
    String stamp =
        List.of("", "@" + DIGEST, "@" + DIGEST + ":00000000000000a" + id % 10).get(id % 3);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("@timestamp", TIME);
    document.put("other", 1);
    document.put("code", code(id) + stamp);
    document.put("a", Map.of("code", code(id + 1000) + stamp, "x", 1));
    if (whole) {
      document.put(
          "n",
          List.of(
              Map.of("x", 1),
              Map.of("code", code(id + 2000) + stamp, "x", 2),
              Map.of("code", code(id + 3000) + stamp)));
      document.put("copied", code(id + 4000) + stamp);
    }
    return document;
  }

  private static String code(int id) {
    return HexFormat.of().toHexDigits(id * 0x9e3779b97f4a7c15L);
  }

  private interface Documents {
    Object get(int id) throws IOException;
  }

  private void fill(String index, Documents documents) throws IOException {
    fill(index, 0, DOCUMENTS, documents);
  }

  private void fill(String index, int from, int to, Documents documents) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int id = from; id < to; id++) {
      lines.append("{\"index\":{\"_id\":\"").append(id).append("\"}}\n");
      lines.append(Http.JSON.writeValueAsString(documents.get(id))).append('\n');
    }
    Reply reply =
        http()
            .bulk(
                "/" + index + "/_bulk?refresh", lines.toString().getBytes(StandardCharsets.UTF_8));
    assertFalse(reply.ok().body().path("errors").asBoolean(true), reply.body().toString());
  }

  /** The codes of a document as its _source has them, by their places. */
  private static Map<String, String> codes(JsonNode source) {
    Map<String, String> codes = new TreeMap<>();
    codes.put("code", source.path("code").asText());
    // Columnar indices have no objects.
    codes.put("a.code", source.path("a.code").asText(source.path("a").path("code").asText()));
    int nested = 0;
    for (JsonNode object : source.path("n")) {
      codes.put("n." + nested++, object.path("code").asText());
    }
    codes.put("copied", source.path("copied").asText());
    codes.put("copy", source.path("copy").asText());
    return codes;
  }

  /** What is wrong with the documents of an index, by the ways to read them. */
  private void assertNothingLost(String index, boolean whole, int other) throws IOException {
    assertNothingLost(index, whole, other, "");
  }

  /** The same where one node is asked: its preference, or an empty text for any. */
  private void assertNothingLost(String index, boolean whole, int other, String preference)
      throws IOException {
    http().post("/" + index + "/_refresh").ok();
    for (int id = 0; id < DOCUMENTS; id++) {
      String path = "/" + index + "/_doc/" + id + "?" + WITH_CODES + preference;
      JsonNode got = http().get(path).ok().body().path("_source");
      JsonNode expected = Http.JSON.valueToTree(document(id, whole));
      assertEquals(codes(expected), codes(got), index + " " + id);
      assertEquals(other, got.path("other").asInt(), index + " " + id);
    }
    for (String field : whole ? List.of("code", "a.code", "copy") : List.of("code", "a.code")) {
      JsonNode found = count(index, Map.of("exists", Map.of("field", field)), preference);
      assertEquals(DOCUMENTS, found.asInt(), index + " " + field);
      int offset = Map.of("code", 0, "a.code", 1000, "copy", 4000).get(field);
      Map<String, Object> equal =
          Map.of("field", field, "code", code(7 + offset), "max_distance", 0);
      JsonNode one = count(index, Map.of("hamming", equal), preference);
      assertEquals(1, one.asInt(), index + " " + field);
    }
    if (whole) {
      Map<String, Object> equal =
          Map.of("field", "n.code", "code", code(7 + 3000), "max_distance", 0);
      Map<String, Object> query = Map.of("path", "n", "query", Map.of("hamming", equal));
      assertEquals(1, count(index, Map.of("nested", query), preference).asInt(), index);
    }
  }

  private JsonNode count(String index, Object query, String preference) throws IOException {
    String path = "/" + index + "/_count?allow_no_indices=false" + preference;
    return http().post(path, Map.of("query", query)).ok().body().path("count");
  }

  /**
   * A node that was away gets the operations that it missed from the other one, an index that moves
   * its files, and a restored one those of the snapshot.
   */
  @Test
  void recoveryAndRestoreKeepCodesAndStampsInEveryMode() throws IOException {
    String master = http().get("/_cat/master?format=json").ok().body().at("/0/node").asText();
    int away = master.equals("node-0") ? 1 : 0;
    String preference = "&preference=_only_nodes:node-" + away;
    for (Mode mode : MODES) {
      create("recovered-" + mode.name(), mode, 1).ok();
      fill("recovered-" + mode.name(), 0, DOCUMENTS / 2, id -> document(id, whole(mode)));
    }
    awaitGreen();
    http().post("/recovered-*/_flush").ok();
    cluster.stop(away);
    for (Mode mode : MODES) {
      fill("recovered-" + mode.name(), DOCUMENTS / 2, DOCUMENTS, id -> document(id, whole(mode)));
    }
    cluster.startAgain(away);
    awaitGreen();
    assertAll(MODES.stream().map(mode -> () -> check(mode, preference)));
    Map<String, Object> repository =
        Map.of("type", "fs", "settings", Map.of("location", cluster.snapshots().toString()));
    http().put("/_snapshot/modes", repository).ok();
    String snapshot = "/_snapshot/modes/all";
    Map<String, Object> all = Map.of("indices", "recovered-*", "include_global_state", false);
    http().put(snapshot + "?wait_for_completion=true", all).ok();
    for (Mode mode : MODES) {
      http().delete("/recovered-" + mode.name()).ok();
    }
    JsonNode restored =
        http().post(snapshot + "/_restore?wait_for_completion=true", all).ok().body();
    assertEquals(0, restored.at("/snapshot/shards/failed").asInt(-1), restored.toString());
    awaitGreen();
    assertAll(MODES.stream().map(mode -> () -> check(mode, "")));
    for (Mode mode : MODES) {
      SafetyRow.write(
          "codes or stamps lost by recovery from another node and from a snapshot",
          2L * DOCUMENTS,
          0, // else an assertion has failed
          Map.of("source_mode", mode.name()));
    }
  }

  private static boolean whole(Mode mode) {
    return mode.isColumnar() == false;
  }

  private void check(Mode mode, String preference) throws IOException {
    assertNothingLost("recovered-" + mode.name(), whole(mode), 1, preference);
  }

  private void awaitGreen() throws IOException {
    http().get("/_cluster/health?wait_for_status=green&timeout=120s").ok();
  }

  /** Such an index makes the ids itself, has no nested objects, and is never updated. */
  @Test
  void timeSeriesKeepCodesAndStamps() throws IOException {
    Map<String, Object> code = Map.of("type", "hash_code", "bits", 64);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("@timestamp", Map.of("type", "date"));
    properties.put("host", Map.of("type", "keyword", "time_series_dimension", true));
    properties.put("other", Map.of("type", "long"));
    properties.put("code", code);
    properties.put("a", Map.of("properties", Map.of("code", code)));
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("index.mode", "time_series");
    settings.put("index.routing_path", List.of("host"));
    settings.put("index.time_series.start_time", "2025-12-31T00:00:00Z");
    settings.put("index.time_series.end_time", "2026-01-02T00:00:00Z");
    settings.put("index.number_of_replicas", 0);
    http()
        .put("/series", Map.of("settings", settings, "mappings", Map.of("properties", properties)))
        .ok();
    StringBuilder lines = new StringBuilder();
    for (int id = 0; id < DOCUMENTS; id++) {
      Map<String, Object> document = document(id, false);
      document.put("host", Integer.toString(id));
      lines.append("{\"create\":{}}\n").append(Http.JSON.writeValueAsString(document)).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    Reply reply = http().bulk("/series/_bulk?refresh", body);
    assertFalse(reply.ok().body().path("errors").asBoolean(true), reply.body().toString());
    Map<String, Object> search =
        Map.of("size", DOCUMENTS, "_source", Map.of("exclude_vectors", false));
    JsonNode hits = http().post("/series/_search", search).ok().body().at("/hits/hits");
    assertEquals(DOCUMENTS, hits.size());
    for (JsonNode hit : hits) {
      JsonNode source = hit.path("_source");
      int id = Integer.parseInt(source.path("host").asText());
      assertEquals(codes(Http.JSON.valueToTree(document(id, false))), codes(source), "" + id);
    }
    Map<String, Object> equal = Map.of("field", "code", "code", code(7), "max_distance", 0);
    assertEquals(1, count("series", Map.of("hamming", equal), "").asInt());
    create("copy-of-series", MODES.get(0), 0).ok();
    Map<String, JsonNode> byHost = new TreeMap<>();
    hits.forEach(hit -> byHost.put(hit.at("/_source/host").asText(), hit.path("_source")));
    fill("copy-of-series", id -> byHost.get(Integer.toString(id)));
    assertNothingLost("copy-of-series", false, 1);
    SafetyRow.write(
        "codes or stamps lost by updates of other fields and by copies",
        DOCUMENTS,
        0, // else an assertion has failed
        Map.of("source_mode", "time_series"));
  }

  @Test
  void anUpdateOfAnotherFieldKeepsCodesAndStampsInEveryMode() throws IOException {
    assertAll(MODES.stream().map(mode -> () -> updates(mode)));
  }

  private void updates(Mode mode) throws IOException {
    String index = "update-" + mode.name();
    boolean whole = mode.isColumnar() == false;
    create(index, mode, 0).ok();
    fill(index, id -> document(id, whole));
    assertNothingLost(index, whole, 1);
    for (int id = 0; id < DOCUMENTS; id++) {
      Map<String, Object> update = Map.of("doc", Map.of("other", 2));
      Reply reply = http().post("/" + index + "/_update/" + id, update);
      if (mode.isColumnar()) { // nothing is lost where nothing can be updated
        assertEquals("update_not_supported_exception", reply.body().at("/error/type").asText());
      } else {
        reply.ok();
      }
    }
    int other = mode.isColumnar() ? 1 : 2;
    assertNothingLost(index, whole, other);
    String copy = "copy-of-" + mode.name();
    create(copy, MODES.get(0), 0).ok();
    fill(
        copy,
        id ->
            http().get("/" + index + "/_doc/" + id + "?" + WITH_CODES).ok().body().path("_source"));
    assertNothingLost(copy, whole, other);
    SafetyRow.write(
        "codes or stamps lost by updates of other fields and by copies",
        2L * DOCUMENTS,
        0, // else an assertion has failed
        Map.of("source_mode", mode.name()));
  }
}
