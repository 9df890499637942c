// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkCommandTest {

  private static final String BULK = "POST /_bulk";
  private static final String PRIVILEGES = "POST /_security/user/_has_privileges";

  @TempDir private Path folder;
  private StubCluster cluster;
  private String granted = "{\"username\":\"me\",\"cluster\":{},\"index\":{}}";
  private boolean exists = true;

  /** Documents by id, as the cluster got them. */
  private final Map<String, String> stored = new TreeMap<>();

  /** How often each document is still refused as too much. */
  private final Map<String, AtomicInteger> busy = new TreeMap<>();

  @BeforeEach
  void serve() throws IOException {
    cluster = StubCluster.start(this::answer);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private StubCluster.Answer answer(String request, String body) {
    if (request.equals(BULK)) {
      return StubCluster.Answer.ok("{\"items\":[" + String.join(",", items(body)) + "]}");
    }
    if (request.equals(PRIVILEGES)) {
      return StubCluster.Answer.ok(granted);
    }
    return exists ? StubCluster.Answer.ok("{}") : new StubCluster.Answer(404, "{}");
  }

  private List<String> items(String body) {
    List<String> items = new ArrayList<>();
    List<String> lines = body.lines().toList();
    for (int i = 0; i < lines.size(); i += 2) {
      JsonNode meta = json(lines.get(i)).path("index");
      assertEquals("news", meta.path("_index").asText());
      String id = meta.path("_id").asText("made");
      if (busy.getOrDefault(id, new AtomicInteger()).getAndDecrement() > 0) {
        items.add("{\"index\":{\"status\":429}}");
      } else if (id.equals("bad")) {
        items.add("{\"index\":{\"status\":400,\"error\":{\"reason\":\"no number\"}}}");
      } else {
        stored.put(id, lines.get(i + 1));
        items.add("{\"index\":{\"status\":201}}");
      }
    }
    return items;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private CommandRun bulk(String lines, Object... more) throws IOException {
    Path file = Files.writeString(folder.resolve("news.jsonl"), lines);
    List<Object> arguments =
        new ArrayList<>(List.of("bulk", file, "--url", cluster.url(), "--index", "news"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void everyLineIsADocumentAsItIs() throws IOException {
    String exact = "{\"id\":\"a\",\"price\":1.10,\"body\":\"\\u00e9\"}";
    CommandRun run = bulk(exact + "\n\n  {\"id\":7}\n");
    assertEquals(0, run.code(), run.err());
    assertEquals(Map.of("a", exact, "7", "{\"id\":7}"), stored);
    assertTrue(run.out().startsWith("index [news]: 2 documents written, 0 failed; "), run.out());
  }

  @Test
  void manyDocumentsGoInSeveralRequests() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      lines.append("{\"id\":").append(i).append("}\n");
    }
    assertEquals(0, bulk(lines.toString()).code());
    assertEquals(2500, stored.size());
    assertEquals(3, cluster.requests.stream().filter(BULK::equals).count());
  }

  @Test
  void aBusyClusterGetsItAgain() throws IOException {
    busy.put("a", new AtomicInteger(2));
    CommandRun run = bulk("{\"id\":\"a\"}\n{\"id\":\"b\"}\n");
    assertEquals(0, run.code(), run.err());
    assertEquals(2, stored.size());
    assertEquals(3, cluster.requests.stream().filter(BULK::equals).count());
    assertEquals(2, cluster.body(BULK).lines().count(), "only what was not taken");
  }

  @Test
  void aRefusedDocumentIsNamedWithItsLine() throws IOException {
    CommandRun run = bulk("{\"id\":\"a\"}\n\n{\"id\":\"bad\"}\n");
    assertEquals(1, run.code());
    assertEquals("failed: [line 3, id bad]: status [400], no number", run.lastError());
    assertEquals(1, stored.size());
  }

  @Test
  void aBrokenLineIsFoundBeforeAnythingIsWritten() throws IOException {
    CommandRun run = bulk("{\"id\":\"a\"}\n{\"id\":}\n");
    assertEquals(1, run.code());
    assertTrue(run.lastError().contains("line [2] must be a JSON object: "), run.err());
    run = bulk("{\"id\":\"a\"}\n{\"id\":[1]}\n");
    assertTrue(
        run.lastError().endsWith("line [2]: field [id] must be a string or a number, got [ARRAY]"),
        run.err());
    run = bulk("\n");
    assertTrue(run.lastError().endsWith("must hold at least one document, got [0]"), run.err());
    assertEquals(Map.of(), stored);
  }

  @Test
  void documentsWithoutAnIdAreToldOf() throws IOException {
    CommandRun run = bulk("{\"body\":\"x\"}\n{\"id\":\"a\"}\n");
    assertEquals(0, run.code());
    assertEquals(
        "NOTE: [1] documents have no field [id]; the same command would add them once more",
        run.lastError());
    assertEquals(
        "", bulk("{\"key\":\"x\"}\n", "--id-field", "key").err().replaceAll("news.*", "").strip());
    assertEquals(java.util.Set.of("made", "a", "x"), stored.keySet());
  }

  @Test
  void privilegesAreAskedFirst() throws IOException {
    granted = "{\"username\":\"me\",\"cluster\":{},\"index\":{\"news\":{\"index\":false}}}";
    CommandRun run = bulk("{\"id\":\"a\"}\n");
    assertEquals(1, run.code());
    assertEquals(
        "semantic-hash bulk: user [me] lacks [index] on the index [news]; nothing was done",
        run.lastError());
    assertTrue(cluster.body(PRIVILEGES).contains("[\"index\"]"));
    exists = false;
    bulk("{\"id\":\"a\"}\n");
    assertTrue(cluster.body(PRIVILEGES).contains("[\"index\",\"auto_configure\"]"));
    assertEquals(Map.of(), stored);
  }
}
