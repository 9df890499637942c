// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.node.Security;

/** With security everybody finds duplicates among the documents he may read, and no others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredDuplicatesIT {

  private static final String RESULTS = "/_semantic_hash/near_duplicates";
  private static final Map<String, Object> SEARCH = Map.of("field", "code");

  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry(
              "monitor",
              """
              {"cluster": ["monitor"]}"""),
          Map.entry(
              "other",
              """
              {"indices": [{"names": ["twins*"], "privileges": ["read"]}]}"""),
          Map.entry(
              "streams",
              """
              {"indices": [{"names": ["stream"], "privileges": ["read"]}]}"""),
          Map.entry("leaver", mayRead("twins")),
          Map.entry(
              "half",
              """
              {"indices": [{"names": ["worded*"], "privileges": ["read"],
                "query": "{\\"term\\": {\\"part\\": 1}}"}]}"""),
          Map.entry(
              "bodiless",
              """
              {"indices": [{"names": ["worded*"], "privileges": ["read"],
                "field_security": {"grant": ["*"], "except": ["body"]}}]}"""),
          Map.entry(
              "nobody",
              """
              {"indices": [{"names": ["nothing"], "privileges": ["read"]}]}"""),
          Map.entry(
              "blind",
              """
              {"indices": [{"names": ["incoming"], "privileges": ["index", "create_doc"]}]}"""),
          Map.entry(
              "short-sighted",
              """
              {"indices": [{"names": ["incoming"], "privileges": ["read", "index", "create_doc"],
                "query": "{\\"term\\": {\\"part\\": 1}}"}]}"""),
          Map.entry(
              "all",
              """
              {"indices": [{"names": ["twins*"], "privileges": ["read"]}]}"""),
          Map.entry(
              "some",
              """
              {"indices": [{"names": ["some-twins"], "privileges": ["read"]}]}"""));

  private Cluster cluster;

  @BeforeAll
  void start() throws IOException {
    cluster =
        Cluster.startSecured("secured-duplicates", Distribution.ofBuild().quickStart(), ROLES);
    Http admin = cluster.http();
    Map<String, Object> fields =
        Map.of("code", Map.of("type", "hash_code", "bits", 64), "part", Map.of("type", "integer"));
    Map<String, Object> filter = Map.of("filter", Map.of("term", Map.of("part", 1)));
    admin
        .put(
            "/twins",
            Map.of(
                "mappings", Map.of("properties", fields), "aliases", Map.of("some-twins", filter)))
        .ok();
    for (int i = 0; i < 6; i++) {
      Map<String, Object> twin = Map.of("code", "00000000000000ff", "part", i % 2);
      admin.put("/twins/_doc/" + i + "?refresh", twin).ok();
    }
    admin.put("/secret/_doc/1?refresh", Map.of("code", "x")).ok();
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The tag of a document that a user writes through the processor; the reason if it fails. */
  private String written(String user, String id, String code) throws IOException {
    try (Http http = cluster.as(user)) {
      Map<String, Object> document = Map.of("code", code, "part", 0);
      Reply reply = http.put("/incoming/_doc/" + id + "?pipeline=once", document);
      if (reply.status() >= 300) {
        return reply.status() + ": " + reply.reason();
      }
    }
    return cluster
        .http()
        .get("/incoming/_doc/" + id)
        .ok()
        .body()
        .at("/_source/duplicate_of")
        .asText("none");
  }

  /** Who writes is told of documents that he may read, whoever wrote what lately. */
  @Test
  void aCopyIsOneOfADocumentThatItsWriterMayRead() throws IOException {
    Http admin = cluster.http();
    Map<String, Object> fields =
        Map.of(
            "code",
            Map.of("type", "hash_code", "bits", 64),
            "part",
            Map.of("type", "integer"),
            "duplicate_of",
            Map.of("type", "keyword"));
    Map<String, Object> settings = Map.of("index.refresh_interval", -1);
    admin
        .put("/incoming", Map.of("settings", settings, "mappings", Map.of("properties", fields)))
        .ok();
    Map<String, Object> processor =
        Map.of("semantic_near_duplicate", Map.of("field", "code", "index", "incoming"));
    admin.put("/_ingest/pipeline/once", Map.of("processors", List.of(processor))).ok();
    assertEquals("none", written(Security.ADMIN, "a", "00000000000000ff"));
    assertEquals("a", written(Security.ADMIN, "b", "00000000000000fe"), "not refreshed yet");
    assertEquals("none", written("short-sighted", "c", "00000000000000fd"), "of another user");
    assertEquals("c", written("short-sighted", "d", "00000000000000fc"), "his own");
    admin.post("/incoming/_refresh").ok();
    assertEquals("a", written(Security.ADMIN, "e", "00000000000000ff"));
    String refused = written("blind", "g", "00000000000000ff");
    assertTrue(refused.startsWith("403: "), refused);
    assertFalse(refused.contains("[a]"), refused);
    assertEquals(404, admin.get("/incoming/_doc/g").status(), "nothing is stored");
  }

  private Reply find(String user, String index) throws IOException {
    try (Http http = cluster.as(user)) {
      return http.post("/" + index + RESULTS, SEARCH);
    }
  }

  private int status(String user, String method, String path) throws IOException {
    try (Http http = cluster.as(user)) {
      return (method.equals("GET") ? http.get(path) : http.delete(path)).status();
    }
  }

  @Test
  void whoMayReadMayFind() throws IOException {
    assertEquals(6, find("all", "twins").ok().body().at("/groups/0/size").asInt());
    // A wildcard means what the caller may read.
    assertEquals(6, find("all", "*").ok().body().at("/groups/0/size").asInt());
    assertEquals(403, find("monitor", "twins").status());
    assertEquals(403, find("all", "secret").status());
  }

  @Test
  void whoMayReadAnAliasFindsWhatItsFilterPasses() throws IOException {
    Reply found = find("some", "some-twins").ok();
    assertEquals(3, found.body().path("documents").asInt(), found.body().toString());
    assertEquals(3, found.body().at("/groups/0/size").asInt());
    assertEquals("1", found.body().at("/groups/0/keep").asText());
    assertEquals(403, find("some", "twins").status());
  }

  /** A search whose groups are more than its answer shows; the path of its result. */
  private String stored(String user, String index) throws IOException {
    try (Http http = cluster.as(user)) {
      Reply found = http.post("/" + index + RESULTS + "?size=0", SEARCH).ok();
      return "/" + index + RESULTS + "/" + found.body().path("id").asText();
    }
  }

  @Test
  void aResultBelongsToWhoAskedForIt() throws IOException {
    for (String[] asked : new String[][] {{"all", "twins"}, {"some", "some-twins"}}) {
      String owner = asked[0];
      String result = stored(owner, asked[1]);
      assertEquals(200, status(owner, "GET", result));
      assertEquals(200, status(owner, "GET", result + "?keep_alive=1h"));
      assertEquals(404, status("other", "GET", result));
      assertEquals(404, status("other", "DELETE", result));
      assertEquals(404, status("nobody", "GET", result));
      assertEquals(403, status("monitor", "GET", result));
      assertEquals(403, status("monitor", "DELETE", result));
      assertEquals(200, status(Security.ADMIN, "GET", result));
      assertEquals(200, status(owner, "DELETE", result));
      assertEquals(404, status(owner, "GET", result));
    }
  }

  @Test
  void anotherIndexInThePathDoesNotHelp() throws IOException {
    String result = stored("all", "twins");
    String id = result.substring(result.lastIndexOf('/') + 1);
    assertEquals(404, status("nobody", "GET", "/nothing" + RESULTS + "/" + id));
    assertEquals(404, status("all", "GET", "/twins-2" + RESULTS + "/" + id));
    assertEquals(200, status(Security.ADMIN, "DELETE", result));
  }

  @Test
  void whoMonitorsSeesThatThereIsASearchAndNotOfWhat() throws IOException {
    String result = stored("all", "twins");
    try (Http http = cluster.as("monitor")) {
      JsonNode listed = http.get(RESULTS).ok().body().path("near_duplicates");
      assertEquals(1, listed.size(), listed.toString());
      assertTrue(result.endsWith(listed.path(0).path("id").asText()), listed.toString());
      assertEquals("completed", listed.path(0).path("state").asText());
      assertTrue(listed.path(0).path("size_in_bytes").asLong() > 0);
      assertFalse(listed.toString().contains("twins"), listed.toString());
    }
    assertEquals(403, status("all", "GET", RESULTS));
    JsonNode shown = cluster.http().get(RESULTS).ok().body();
    assertEquals("twins", shown.at("/near_duplicates/0/indices/0").asText());
    assertEquals(200, status("all", "DELETE", result));
  }

  /** Lets the user [leaver] read one index; the node reads the file some seconds later. */
  private void awaitRight(String index, String result, int status) throws Exception {
    Path roles = cluster.home(0).resolve("config/roles.yml");
    List<String> lines = Files.readAllLines(roles);
    lines.replaceAll(line -> line.startsWith("leaver:") ? "leaver: " + mayRead(index) : line);
    Files.write(roles, lines);
    for (int i = 0; i < 600 && status("leaver", "GET", result) != status; i++) {
      Thread.sleep(100);
    }
    assertEquals(status, status("leaver", "GET", result), "a minute after roles.yml has changed");
  }

  private static String mayRead(String index) {
    return "{\"indices\": [{\"names\": [\"" + index + "\"], \"privileges\": [\"read\"]}]}";
  }

  @Test
  void whoMayNoLongerReadAnIndexSeesNoPage() throws Exception {
    String result = stored("leaver", "twins");
    assertEquals(200, status("leaver", "GET", result));
    awaitRight("other", result, 403);
    try (Http http = cluster.as("leaver")) {
      Reply reply = http.get(result);
      assertTrue(reply.reason().contains("on indices [twins]"), reply.body().toString());
    }
    awaitRight("twins", result, 200);
    assertEquals(200, status("leaver", "DELETE", result));
  }

  /** Without an index nobody can tell who may read it: its owner gets the rest. */
  @Test
  void whatIsLeftOfAResultWhoseIndexIsDeleted() throws Exception {
    Http admin = cluster.http();
    Map<String, Object> field = Map.of("code", Map.of("type", "hash_code", "bits", 64));
    for (String index : List.of("twins-old", "twins-new")) {
      admin.put("/" + index, Map.of("mappings", Map.of("properties", field))).ok();
      Map<String, Object> twin = Map.of("code", "00000000000000ff");
      admin.put("/" + index + "/_doc/1?refresh", twin).ok();
    }
    String result = stored("all", "twins-old,twins-new");
    admin.delete("/twins-old").ok();
    for (int rest = 1; rest >= 0; rest--) {
      try (Http http = cluster.as("all")) {
        JsonNode shown = http.get(result + "?keep_alive=2h").ok().body();
        assertEquals("completed", shown.path("state").asText());
        assertEquals(1, shown.path("total_groups").asInt());
        assertTrue(shown.path("groups").isMissingNode(), shown.toString());
        assertTrue(shown.path("warning").asText().contains("twins-old"), shown.toString());
      }
      assertEquals(404, status("other", "GET", result));
      JsonNode all = admin.get(result).ok().body();
      assertEquals(2, all.at("/groups/0/size").asInt(), all.toString());
      if (rest == 1) {
        admin.delete("/twins-new").ok();
      }
    }
    assertEquals(200, status("all", "DELETE", result));
    assertEquals(404, status("all", "GET", result));
  }

  /** The name of the stream stands for all its indices, in the request and in the rights. */
  @Test
  void twinsInSeveralIndicesOfADataStreamAreFoundByWhoMayReadIt() throws IOException {
    Http admin = cluster.http();
    Map<String, Object> fields =
        Map.of(
            "@timestamp", Map.of("type", "date"), "code", Map.of("type", "hash_code", "bits", 64));
    Map<String, Object> template =
        Map.of(
            "index_patterns",
            List.of("stream"),
            "data_stream",
            Map.of(),
            "template",
            Map.of("mappings", Map.of("properties", fields)));
    admin.put("/_index_template/stream", template).ok();
    Map<String, Object> twin =
        Map.of("@timestamp", "2026-01-01T00:00:00Z", "code", "00000000000000ff");
    for (int index = 0; index < 2; index++) {
      admin.post("/stream/_doc?refresh", twin).ok();
      admin.post("/stream/_rollover").ok();
    }
    assertEquals(403, find("all", "stream").status());
    assertEquals(2, find("streams", "stream").ok().body().at("/groups/0/size").asInt());
    String result = stored("streams", "stream");
    try (Http http = cluster.as("streams")) {
      JsonNode group = http.get(result).ok().body().at("/groups/0");
      assertEquals(2, group.path("size").asInt(), group.toString());
    }
    assertTrue(status("all", "GET", result) >= 403);
    assertEquals(200, status("streams", "DELETE", result));
  }

  /** An index with texts that lie in its source, or are put together from its parts. */
  private void createWorded(String index, String sourceMode) throws IOException {
    Http admin = cluster.http();
    Map<String, Object> fields =
        Map.of(
            "code", Map.of("type", "hash_code", "bits", 64),
            "part", Map.of("type", "integer"),
            "body", Map.of("type", "text"));
    Map<String, Object> settings =
        Map.of("index.mapping.source.mode", sourceMode, "index.number_of_shards", 3);
    admin
        .put("/" + index, Map.of("settings", settings, "mappings", Map.of("properties", fields)))
        .ok();
    for (int i = 0; i < 8; i++) {
      String body = "the bank raised its rates on day " + (i < 6 ? 1 : i) + " of the meeting";
      Map<String, Object> document =
          Map.of("code", "00000000000000ff", "part", i % 2, "body", body);
      admin.put("/" + index + "/_doc/" + i + "?refresh", document).ok();
    }
  }

  private JsonNode verified(String user, String index) throws IOException {
    Map<String, Object> verify = Map.of("field", "body", "shingle", 1, "min", 0.95);
    try (Http http = cluster.as(user)) {
      return http.post("/" + index + RESULTS, Map.of("field", "code", "verify", verify))
          .ok()
          .body();
    }
  }

  /** Document- and field-level security decide which texts are compared. */
  @Test
  void nobodysTextsAreComparedThatHeMayNotRead() throws IOException {
    cluster.http().post("/_license/start_trial?acknowledge=true").ok();
    for (String mode : List.of("stored", "synthetic")) {
      String index = "worded-" + mode;
      createWorded(index, mode);
      JsonNode all = verified(Security.ADMIN, index);
      assertEquals(6, all.at("/groups/0/size").asInt(), all.toString());
      assertEquals(8, all.at("/verification/texts").asInt(), all.toString());
      assertEquals(3, all.at("/verification/candidates").asInt(), all.toString());
      JsonNode half = verified("half", index);
      assertEquals(3, half.at("/groups/0/size").asInt(), half.toString());
      assertEquals("1", half.at("/groups/0/keep").asText());
      assertEquals(4, half.at("/verification/texts").asInt(), half.toString());
      JsonNode bodiless = verified("bodiless", index);
      assertEquals(0, bodiless.path("total_groups").asInt(-1), bodiless.toString());
      assertEquals(0, bodiless.at("/verification/texts").asInt(-1), bodiless.toString());
      assertEquals(8, bodiless.at("/verification/without_text").asInt(), bodiless.toString());
      assertFalse(bodiless.toString().contains("rates"), bodiless.toString());
    }
  }
}
