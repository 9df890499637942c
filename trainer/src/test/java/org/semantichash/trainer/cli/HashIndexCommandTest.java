// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is looked at before an index is hashed. */
class HashIndexCommandTest {

  private static final String PRIVILEGES = "POST /_security/user/_has_privileges";
  private static final String MODEL =
      """
      {"bits":32,"digest":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
       "docs":[{"code":"00000000","known_terms":0}]}
      """;

  private StubCluster cluster;
  private String granted = "{\"username\":\"me\",\"cluster\":{},\"index\":{}}";
  private String hits = "{\"hits\":{\"hits\":[{\"_id\":\"a\",\"_source\":{}}]}}";
  private String mapping = "{\"news\":{\"mappings\":{\"properties\":{}}}}";
  private int count;

  @BeforeEach
  void serve() throws IOException {
    cluster = StubCluster.start(this::answer);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private StubCluster.Answer answer(String request, String body) {
    String last = request.substring(request.lastIndexOf('/') + 1);
    return StubCluster.Answer.ok(
        switch (last) {
          case "_has_privileges" -> granted;
          case "_field_caps" -> "{\"indices\":[\"news-1\",\"news-2\"],\"fields\":{}}";
          case "_hash" -> MODEL;
          case "_search" -> hits;
          case "_mapping" -> mapping;
          case "_count" -> "{\"count\":" + count + "}";
          default -> "{}";
        });
  }

  private CommandRun run(String index, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("hash-index", "--url", cluster.url()));
    arguments.addAll(List.of("--index", index, "--field", "body", "--model", "m"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void missingPrivilegesAreToldBeforeTheWork() {
    granted =
        "{\"username\":\"me\",\"cluster\":{},\"index\":{\"i\":{\"read\":true,\"index\":false}}}";
    CommandRun run = run("i");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("user [me] lacks [index] on the index [i]"), run.err());
    assertEquals(List.of(PRIVILEGES), cluster.requests);
  }

  @Test
  void codesDoNotReplaceTheTextsThatTheyAreOf() {
    CommandRun same = run("i", "--code-field", "body");
    assertEquals(1, same.code());
    assertTrue(
        same.err().contains("[code-field] must be another field than [field], got [body]"),
        same.err());
    CommandRun above =
        CommandRun.of(
            "hash-index",
            "--url",
            cluster.url(),
            "--index=i",
            "--field=news.body",
            "--model=m",
            "--code-field=news");
    assertEquals(1, above.code());
    assertTrue(
        above
            .err()
            .contains(
                "[code-field] must not hold [field] [news.body], which would be lost, got [news]"),
        above.err());
  }

  /** A pattern stands for what may be read of it; of those the rest is asked. */
  @Test
  void thePrivilegesOfAPatternAreThoseOfItsIndices() {
    granted =
        "{\"username\":\"me\",\"cluster\":{},\"index\":{\"news-1\":{\"index\":true},"
            + "\"news-2\":{\"index\":false}}}";
    CommandRun run = run("news-*");
    assertEquals(1, run.code());
    assertEquals(
        "semantic-hash hash-index: user [me] lacks [index] on the index [news-2]; nothing was done",
        run.lastError());
    assertEquals(List.of("GET /news-*/_field_caps", PRIVILEGES), cluster.requests);
    String asked = cluster.body(PRIVILEGES);
    assertTrue(asked.contains("\"names\":[\"news-1\",\"news-2\"]"), asked);
    assertTrue(asked.contains("\"privileges\":[\"view_index_metadata\",\"index\"]"), asked);
    run("a,b");
    assertTrue(cluster.body(PRIVILEGES).contains("\"names\":[\"a\",\"b\"]"));
  }

  @Test
  void aFieldThatNoDocumentHasIsRefusedBeforeTheWork() {
    for (boolean dry : new boolean[] {true, false}) {
      CommandRun run = dry ? run("news", "--dry-run") : run("news");
      assertEquals(1, run.code());
      assertEquals(
          "semantic-hash hash-index: [field] must name a field with text, but no mapping of index"
              + " [news] has a field [body], and none of [1] documents that were looked at does",
          run.lastError());
    }
    assertFalse(cluster.requests.stream().anyMatch(r -> r.startsWith("PUT")), "nothing is added");
  }

  @Test
  void aMappedFieldThatNoDocumentHasIsWarnedOf() {
    mapping = "{\"news\":{\"mappings\":{\"properties\":{\"body\":{\"type\":\"text\"}}}}}";
    CommandRun run = run("news", "--dry-run");
    assertEquals(0, run.code(), run.err());
    assertEquals("WARNING: no document of index [news] has a field [body]", run.err().strip());
    count = 7; // others have it
    assertEquals("", run("news", "--dry-run").err());
  }

  @Test
  void textsOfAFieldThatIsNotMappedAreTexts() {
    hits = hits.replace("{}", "{\"body\":\"a text\"}");
    assertEquals("", run("news", "--dry-run").err());
  }
}
