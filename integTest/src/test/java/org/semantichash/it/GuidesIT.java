// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/**
 * Runs every request of the README and the guides, in their order, on one node with security. A
 * block of JSON after a request is part of its answer, where "..." stands for the rest of an array;
 * without one the request must succeed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuidesIT {

  private static final Path ROOT = Path.of("..");
  private static final Path GUIDES = ROOT.resolve("plugin").resolve("docs");
  private static final String ROLE = "/_security/role/";
  private static final Pattern BLOCK = Pattern.compile("(?s)\n```(\\w*)\n(.*?)\n```\n");
  private static final Pattern REQUEST =
      Pattern.compile("(?s)(GET|POST|PUT|DELETE) (\\S+)\n?(.*?)\\s*");
  private static final Pattern NEXT_REQUEST = Pattern.compile("\n(?=(GET|POST|PUT|DELETE) )");

  private record Example(String method, String path, String body, String answer) {}

  private Cluster cluster;
  private Http http;
  private String emptyCode;

  @BeforeAll
  void start() throws IOException {
    cluster = Cluster.startSecured("guides", Distribution.ofBuild().quickStart(), roles());
    http = cluster.http();
    String model = "/_semantic_hash/models/news";
    http.putBytes(model, Files.readAllBytes(GlossModel.shared().model().file())).ok();
    emptyCode = http.get(model).ok().body().findValue("empty_code").asText();
    run(ROOT.resolve("README.md"), 4);
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void processor() throws IOException {
    run(GUIDES.resolve("processor.md"), 2);
  }

  @Test
  void models() throws IOException {
    run(GUIDES.resolve("models.md"), 1);
  }

  @Test
  void query() throws IOException {
    run(GUIDES.resolve("query.md"), 3);
  }

  /** The test server cannot keep roles in an index, so they are in its file. */
  private Map<String, String> roles() throws IOException {
    Map<String, String> roles = new TreeMap<>();
    for (Example example : examples(Files.readString(GUIDES.resolve("security.md")))) {
      assertTrue(example.path().startsWith(ROLE), example.toString());
      roles.put(example.path().substring(ROLE.length()), example.body());
    }
    return roles;
  }

  @Test
  void theRolesOfTheGuideAreEnough() throws IOException {
    Http app = cluster.as("news-app");
    app.put("/news/_create/by-app?refresh", "{\"body\": \"The river froze in January.\"}").ok();
    String search = "{\"query\": {\"hamming\": {\"field\": \"code\", \"text\": \"frozen river\"}}}";
    assertTrue(app.post("/news/_search", search).ok().body().findValue("hits").size() > 0);
    app.post("/news/_semantic_hash/near_duplicates", "{\"field\": \"code\"}").ok();

    Http operator = cluster.as("news-models");
    byte[] model = Files.readAllBytes(GlossModel.shared().model().file());
    operator.putBytes("/_semantic_hash/models/news-2", model).ok();
    operator.put("/_semantic_hash/aliases/latest", "{\"model\": \"news-2\"}").ok();
    operator.get("/_semantic_hash/stats").ok();
    assertEquals(403, app.delete("/_semantic_hash/models/news-2").status());
  }

  @Test
  void hybrid() throws IOException {
    run(GUIDES.resolve("hybrid.md"), 5);
  }

  @Test
  void nearDuplicates() throws IOException {
    http.put("/news/_mapping", "{\"properties\": {\"published\": {\"type\": \"date\"}}}").ok();
    run(GUIDES.resolve("near-duplicates.md"), 3);
  }

  @Test
  void codesFromElsewhere() throws IOException {
    run(GUIDES.resolve("codes-from-elsewhere.md"), 20);
  }

  /** A client that copies what the search shows keeps every bit. */
  @Test
  void upgrade() throws IOException {
    run(GUIDES.resolve("upgrade.md"), 2);
    String shown =
        "{\"size\": 1000, \"docvalue_fields\": [{\"field\": \"code\", \"format\": \"base64\"}],"
            + " \"_source\": {\"exclude_vectors\": false}, \"query\": {\"exists\": {\"field\": \"code\"}}}";
    JsonNode hits = http.post("/news/_search", shown).ok().body().path("hits").path("hits");
    assertTrue(hits.size() > 0, hits.toString());
    for (JsonNode hit : hits) {
      String code = hit.path("fields").path("code").path(0).asText();
      String hex = hit.path("_source").path("code").asText().replaceFirst("@.*", "");
      assertEquals(hex, HexFormat.of().formatHex(Base64.getDecoder().decode(code)), hit.toString());
      http.put(
              "/news-plain/_doc/" + hit.path("_id").asText() + "?refresh",
              "{\"code\": \"" + code + "\"}")
          .ok();
    }
    String all = "{\"query\": {\"exists\": {\"field\": \"code\"}}}";
    JsonNode copies = http.post("/news-plain/_count", all).ok().body();
    assertEquals(hits.size(), copies.path("count").asInt());
  }

  private void run(Path page, int atLeast) throws IOException {
    List<Example> examples = examples(Files.readString(page));
    assertTrue(examples.size() >= atLeast, page + " has [" + examples.size() + "] requests");
    for (Example example : examples) {
      Reply reply = send(example);
      if (example.answer() == null) {
        assertTrue(reply.status() < 300, example + " is answered by " + reply.body());
      } else {
        assertHas(Http.JSON.readTree(example.answer()), reply.body(), example, "");
      }
    }
  }

  private List<Example> examples(String page) {
    List<Example> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      String content = block.group(2);
      if (block.group(1).equals("json")) {
        Example last = examples.removeLast();
        assertEquals(null, last.answer(), content);
        examples.add(new Example(last.method(), last.path(), last.body(), content));
      } else if (content.startsWith("\"")) {
        examples.add(clause(content));
      } else if (block.group(1).isEmpty() && content.startsWith(" ") == false) {
        for (String request : NEXT_REQUEST.splitAsStream(content).toList()) {
          examples.add(request(request));
        }
      }
    }
    return examples;
  }

  /** A clause of a `bool` query, such as `must_not`. */
  private Example clause(String content) {
    String body = "{\"query\": {\"bool\": {" + content.replace("<empty code>", emptyCode) + "}}}";
    return new Example("GET", "/news/_search", body, null);
  }

  private static Example request(String content) {
    Matcher request = REQUEST.matcher(content);
    assertTrue(request.matches(), content);
    return new Example(request.group(1), "/" + request.group(2), request.group(3), null);
  }

  private Reply send(Example example) throws IOException {
    String body = example.body();
    String path = example.path().replace("?_source_exclude_vectors=false", Http.WITH_CODES);
    return switch (example.method()) {
      case "GET" -> body.isEmpty() ? http.get(path) : http.post(path, body);
      case "PUT" -> http.put(example.path(), body);
      case "DELETE" -> http.delete(example.path());
      default -> http.post(example.path(), body);
    };
  }

  /** What is expected is there, whatever else is; lists have just the elements that they have. */
  private static void assertHas(JsonNode expected, JsonNode actual, Example example, String place) {
    if (expected.isObject()) {
      for (var field : expected.properties()) {
        String name = field.getKey();
        assertHas(field.getValue(), actual.path(name), example, place + "/" + name);
      }
    } else if (expected.isArray()) {
      boolean goesOn = expected.path(expected.size() - 1).asText().equals("...");
      int shown = expected.size() - (goesOn ? 1 : 0);
      assertTrue(
          goesOn ? actual.size() > shown : actual.size() == shown, example + place + ": " + actual);
      for (int i = 0; i < shown; i++) {
        assertHas(expected.get(i), actual.path(i), example, place + "/" + i);
      }
    } else {
      assertEquals(expected.asText(), actual.asText(), example + place + ": " + actual);
    }
  }
}
