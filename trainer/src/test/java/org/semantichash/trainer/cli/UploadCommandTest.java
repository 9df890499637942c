// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that answers as the plugin does, and what the command line makes of it. */
class UploadCommandTest {

  private static final String ASKED = "POST /_security/user/_has_privileges";
  private static final String ALL_GRANTED = "{\"username\":\"me\",\"cluster\":{},\"index\":{}}";
  private static final String OLD =
      "{\"models\":[{\"digest\":\"other\",\"old_codes\":["
          + "{\"index\":\"i\",\"field\":\"code\",\"digest\":\"o\",\"documents\":7},"
          + "{\"index\":\"j\",\"field\":\"code\",\"digest\":\"o\"}]}]}";

  @TempDir private static Path folder;
  private static Path model;

  private String privileges = ALL_GRANTED;
  private int privilegesStatus = 200;
  private StubCluster cluster;

  @BeforeAll
  static void train() throws IOException {
    Path corpus = TopicCorpus.write(folder.resolve("topics.jsonl"), 200, 1);
    model = folder.resolve("news.onnx");
    CommandRun trained =
        CommandRun.of("train", corpus, "-o", model, "--method", "lsh", "--max-df", 0.6);
    assertEquals(0, trained.code(), trained.err());
  }

  @BeforeEach
  void serve() throws IOException {
    cluster = StubCluster.start(this::answer);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private StubCluster.Answer answer(String request, String body) {
    if (request.equals(ASKED)) {
      return new StubCluster.Answer(privilegesStatus, privileges);
    }
    return StubCluster.Answer.ok(request.startsWith("GET") ? OLD : "{\"result\":\"replaced\"}");
  }

  private CommandRun upload(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("upload", model, "--id", "news", "--url", cluster.url()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  private boolean nothingWritten() {
    return cluster.requests.stream().noneMatch(request -> request.startsWith("PUT"));
  }

  @Test
  void fieldsThatWouldRefuseTheirWritesAreShownAndAskedAbout() {
    CommandRun run = upload("--replace");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("index [i]: field [code] with 7 codes"), run.err());
    assertTrue(run.err().contains("index [j]: field [code] with an unknown number of"), run.err());
    assertTrue(run.err().contains("[yes] must be given"), run.err());
    assertTrue(nothingWritten(), cluster.requests.toString());
    run = upload("--replace", "--yes");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("model [news] replaced"), run.out());
    assertTrue(
        cluster.requests.contains("PUT /_semantic_hash/models/news"), cluster.requests.toString());
  }

  @Test
  void anAliasIsSwitchedAfterTheUploadAndAskedAboutToo() {
    assertEquals(1, upload("--alias", "live").code());
    assertTrue(nothingWritten(), cluster.requests.toString());
    CommandRun run = upload("--replace", "--alias", "live", "--yes");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("alias [live] stands for model [news] now"), run.out());
    assertEquals("PUT /_semantic_hash/aliases/live", cluster.requests.getLast());
  }

  @Test
  void missingPrivilegesAreToldBeforeTheWork() {
    privileges =
        "{\"username\":\"me\",\"cluster\":{\"cluster:admin/semantic_hash/model/put\":false,"
            + "\"cluster:monitor/semantic_hash/model/get\":true},\"index\":{}}";
    CommandRun run = upload("--replace", "--yes");
    assertEquals(1, run.code());
    assertEquals(
        "semantic-hash upload: user [me] lacks [cluster:admin/semantic_hash/model/put] on the"
            + " cluster; nothing was done",
        run.err().strip());
    assertEquals(List.of(ASKED), cluster.requests);
  }

  @Test
  void aClusterWithoutSecurityIsNotAskedFurther() {
    privileges = "{\"error\":\"no handler found for uri\"}";
    privilegesStatus = 400;
    CommandRun run = upload("--replace", "--yes");
    assertEquals(0, run.code(), run.err());
  }

  @Test
  void unknownOptionsAndCommandsSuggestTheNearOne() {
    CommandRun run = CommandRun.of("upload", model, "--replcae");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("did you mean --replace"), run.err());
    run = CommandRun.of("trian");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("did you mean train"), run.err());
  }

  @Test
  void helpNamesThePrivileges() {
    for (String command :
        List.of("upload", "models", "delete", "hash-index", "rehash", "near-duplicates")) {
      assertTrue(CommandRun.of(command, "--help").out().contains("Privileges:"), command);
    }
  }
}
