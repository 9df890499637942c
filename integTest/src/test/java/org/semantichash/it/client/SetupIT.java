// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossFile;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.node.Security;

/** The command setup on a secured node: it can be interrupted anywhere, and done twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetupIT {

  private static final int DOCUMENTS = 600;
  private static final String USER = "owner";

  private static final List<String> CLUSTER_RIGHTS =
      List.of(
          "cluster:monitor/semantic_hash/*",
          "cluster:admin/semantic_hash/*",
          "manage_ingest_pipelines");
  private static final List<String> INDEX_RIGHTS =
      List.of("read", "view_index_metadata", "index", "manage");

  private final Path work = Path.of(System.getProperty("semantichash.work"), "setup-files");
  private Cluster cluster;
  private List<Gloss> glosses;
  private Path texts;

  /** The rights that the guide names, and for each one a user without it. */
  private static Map<String, String> roles() throws IOException {
    Map<String, String> roles = new TreeMap<>();
    roles.put(USER, role(null));
    for (String right : CLUSTER_RIGHTS) {
      roles.put(without(right), role(right));
    }
    for (String right : INDEX_RIGHTS) {
      roles.put(without(right), role(right));
    }
    return roles;
  }

  private static String without(String right) {
    return "without-" + right.replaceAll("[^a-z]+", "-").replaceAll("-$", "");
  }

  private static String role(String missing) throws IOException {
    List<String> onCluster = new ArrayList<>(CLUSTER_RIGHTS);
    List<String> onIndices = new ArrayList<>(INDEX_RIGHTS);
    onCluster.remove(missing);
    onIndices.remove(missing);
    onIndices.addAll(List.of("create_index", "delete"));
    return Http.JSON.writeValueAsString(
        Map.of(
            "cluster",
            onCluster,
            "indices",
            List.of(Map.of("names", List.of("*"), "privileges", onIndices))));
  }

  @BeforeAll
  void start() throws IOException {
    glosses = WordNet.shuffled(WordNet.nouns(), 17).subList(0, DOCUMENTS);
    texts = GlossFile.write(glosses, work.resolve("glosses.jsonl"));
    cluster = Cluster.startSecured("setup", Distribution.ofBuild().quickStart(), roles());
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

  private CommandLine as(String user) {
    return CommandLine.as(user, cluster);
  }

  private Path file(String index) {
    return work.resolve(index + ".onnx");
  }

  /** An index with the glosses, and no trace of an earlier setup. */
  private void load(String index) throws IOException {
    as(Security.ADMIN).run("bulk", texts.toString(), "--index", index).ok();
    Files.deleteIfExists(file(index));
  }

  private String[] setup(String index, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("setup", "--index", index, "--field", "text", "--method", "lsh", "--output"));
    arguments.add(file(index).toString());
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Map<String, IndexState.Document> documents(String index) throws IOException {
    return new IndexState(http(), index).documents();
  }

  /** Every document has the code that the model gives its text, or none if it knows no term. */
  private void assertHashed(String index, String model) throws IOException {
    Map<String, IndexState.Document> documents = documents(index);
    assertTrue(documents.size() >= DOCUMENTS);
    List<Map<String, String>> docs = new ArrayList<>();
    documents.values().forEach(document -> docs.add(Map.of("text", document.text())));
    JsonNode answer =
        http().post("/_semantic_hash/models/" + model + "/_hash", Map.of("docs", docs)).ok().body();
    int at = 0;
    int codes = 0;
    for (Map.Entry<String, IndexState.Document> entry : documents.entrySet()) {
      JsonNode hashed = answer.path("docs").path(at++);
      boolean known = hashed.path("known_terms").asInt() > 0;
      String expected = known ? hashed.path("code").asText() : "";
      assertEquals(expected, entry.getValue().code("code").replaceFirst("@.*", ""), entry.getKey());
      codes += known ? 1 : 0;
    }
    assertTrue(codes > DOCUMENTS * 0.9, codes + " codes");
  }

  /** What a document that is written now gets. */
  private void assertPiped(String index) throws IOException {
    http().put("/" + index + "/_doc/new?refresh", Map.of("text", glosses.get(0).text())).ok();
    String code = documents(index).get("new").code("code");
    String same = documents(index).get(glosses.get(0).id()).code("code");
    assertFalse(code.isEmpty());
    assertEquals(same, code);
    http().put("/" + index + "/_doc/textless?refresh", Map.of("label", "none")).ok();
  }

  /** All that setup changes. */
  private Map<String, Object> state(String index, String model) throws IOException {
    Map<String, Object> state = new HashMap<>();
    Map<String, Long> versions = new TreeMap<>();
    documents(index).forEach((id, document) -> versions.put(id, document.seqNo()));
    state.put("documents", versions);
    state.put("mapping", new IndexState(http(), index).mapping());
    state.put("settings", http().get("/" + index + "/_settings").ok().body());
    state.put("aliases", http().get("/" + index + "/_alias").ok().body());
    state.put("pipelines", http().get("/_ingest/pipeline/" + model + "-codes").ok().body());
    state.put("digest", digest(model));
    return state;
  }

  private String digest(String model) throws IOException {
    return http()
        .get("/_semantic_hash/models/" + model)
        .ok()
        .body()
        .path("models")
        .path(0)
        .path("digest")
        .asText();
  }

  @Test
  void theWholeRoadInPlaceAndNothingTwice() throws IOException {
    load("road");
    CommandLine.Ended plan = as(USER).run(setup("road", "--dry-run")).ok();
    assertTrue(plan.out().contains("2/8 train: would train a model on texts of index [road]"));
    assertTrue(plan.out().contains("5/8 pipeline: would make pipeline [road-codes] and let index"));
    assertTrue(plan.out().contains("6/8 hash: would hash [600] documents without a code"));
    assertFalse(Files.exists(file("road")));
    assertEquals(404, http().get("/_semantic_hash/models/road").status());
    assertEquals(404, http().get("/_ingest/pipeline/road-codes").status());
    assertTrue(new IndexState(http(), "road").mapping().at("/properties/code").isMissingNode());

    CommandLine.Ended first = as(USER).run(setup("road", "--bits", "128")).ok();
    assertTrue(first.out().contains("\n7/8 check: the document is found at distance 0 both ways"));
    assertTrue(first.out().contains("8/8 radius: near-duplicates: Suggested radius: "));
    assertTrue(first.out().contains("GET road/_search"), first.out());
    assertHashed("road", "road");
    assertEquals(128, new IndexState(http(), "road").mapping().at("/properties/code/bits").asInt());
    assertPiped("road");

    Map<String, Object> before = state("road", "road");
    CommandLine.Ended again = as(USER).run(setup("road", "--bits", "128")).ok();
    for (String step : List.of("2/8 train", "3/8 upload", "4/8 mapping", "5/8 pipeline")) {
      assertTrue(again.out().contains(step + ": nothing to do: "), again.out());
    }
    assertEquals(before, state("road", "road"));
    Files.delete(file("road")); // the cluster has the model
    as(USER).run(setup("road")).ok();
    assertEquals(before, state("road", "road"));
    CommandLine.Ended used =
        as(USER).run("setup", "--index", "road", "--field", "text", "--model", "road").ok();
    assertTrue(used.out().contains("model [road] of the cluster with [128] bits is used"));
    assertEquals(before, state("road", "road"));
  }

  /** After each change in turn nothing more is possible; the same command then goes on. */
  @Test
  void anInterruptAfterAnyChangeIsMended() throws IOException {
    try (RefusingProxy proxy =
        new RefusingProxy(cluster.address(), cluster.security().certificate())) {
      CommandLine line =
          new CommandLine(List.of("--url", proxy.url(), "--user", USER + ":" + Security.PASSWORD));
      Set<String> interrupted = new TreeSet<>();
      for (int allowed = 0; ; allowed++) {
        String index = "interrupted-" + allowed;
        load(index);
        proxy.allow(allowed);
        CommandLine.Ended first = line.run(setup(index, "--skip", "radius"));
        if (first.status() == 0) {
          assertTrue(allowed >= 5, "[" + allowed + "] changes");
          break;
        }
        assertEquals(allowed, proxy.changes.size(), first.err());
        interrupted.add(proxy.changes.isEmpty() ? "" : proxy.changes.get(allowed - 1));
        byte[] model = Files.readAllBytes(file(index));
        proxy.allow(Integer.MAX_VALUE);
        line.run(setup(index, "--skip", "radius")).ok();
        assertEquals(new String(model, java.nio.charset.StandardCharsets.ISO_8859_1), text(index));
        assertHashed(index, index);
        assertPiped(index);
      }
      Set<String> kinds =
          interrupted.stream()
              .map(change -> change.replaceAll("interrupted-\\d+", "x"))
              .collect(Collectors.toSet());
      assertEquals(
          Set.of(
              "",
              "PUT /_semantic_hash/models/x",
              "PUT /x/_mapping",
              "PUT /_ingest/pipeline/x-codes",
              "PUT /x/_settings",
              "POST /_bulk"),
          kinds);
    }
  }

  /** The model file must not be written a second time. */
  private String text(String index) throws IOException {
    return Files.readString(file(index), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /** A process that is killed while it hashes or trains. */
  @Test
  void aKilledProcessGoesOn() throws IOException, InterruptedException {
    load("killed");
    as(USER)
        .startAndKill(
            () -> Files.exists(file("killed").resolveSibling(".killed.onnx.texts")),
            0,
            setup("killed"));
    as(USER)
        .startAndKill(
            () -> new IndexState(http(), "killed").operations() > DOCUMENTS, 0, setup("killed"));
    as(USER).run(setup("killed", "--skip", "radius,check")).ok();
    assertHashed("killed", "killed");
    assertPiped("killed");
    assertFalse(Files.exists(file("killed").resolveSibling(".killed.onnx.texts")));
  }

  @Test
  void aCopyBehindAnAliasKeepsWhatIsWrittenIntoIt() throws IOException {
    load("old");
    http().put("/old/_alias/texts", Map.of()).ok();
    String[] command = setup("old", "--into", "renewed", "--alias", "texts", "--id", "copied");
    CommandLine.Ended run = as(USER).run(command).ok();
    assertTrue(run.out().contains("alias [texts] stands for index [renewed] now"), run.out());
    assertTrue(run.out().contains("GET texts/_search"), run.out());
    assertHashed("renewed", "copied");
    assertPiped("renewed");
    Map<String, Object> before = state("renewed", "copied");
    CommandLine.Ended again = as(USER).run(command).ok();
    assertTrue(again.out().contains("hash: nothing to do: index [renewed] is there, and whole"));
    assertEquals(before, state("renewed", "copied"));
    assertEquals(DOCUMENTS, documents("old").size());
    assertEquals("", documents("old").get(glosses.get(0).id()).code("code"));
  }

  /** Nothing is trained, and nothing written beside the index. */
  @Test
  void aModelOfThePluginServesAtOnce() throws IOException {
    load("at-once");
    String model = "_near_duplicates_64";
    CommandLine.Ended run =
        as(USER).run("setup", "--index", "at-once", "--field", "text", "--model", model).ok();
    assertTrue(run.out().contains("model [" + model + "] of the cluster with [64] bits is used"));
    assertTrue(run.out().contains("pipeline [at-once-codes] is the [index.default_pipeline]"));
    assertHashed("at-once", model);
    assertPiped("at-once");
  }

  /** A pipeline that writes codes of another model would keep new documents out of the copy. */
  @Test
  void aSecondFieldAndACopyWithAnotherModelGetTheirOwnPipelines() throws IOException {
    load("first");
    as(USER).run(setup("first", "--skip", "radius")).ok();
    CommandLine.Ended second =
        as(USER)
            .run(
                "setup",
                "--index=first",
                "--field=text",
                "--model=_near_duplicates_64",
                "--code-field=copy",
                "--skip=radius")
            .ok();
    assertTrue(
        second.out().contains("pipeline [first-copy-codes] is the [index.final_pipeline] of"),
        second.out());
    CommandLine.Ended copied =
        as(USER)
            .run(
                "setup",
                "--index=first",
                "--field=text",
                "--model=_near_duplicates_64",
                "--into=first-2",
                "--skip=radius")
            .ok();
    assertTrue(
        copied.out().contains("pipeline [first-2-codes] is the [index.default_pipeline] of index"),
        copied.out());
    assertHashed("first-2", "_near_duplicates_64");
    assertPiped("first-2");
    assertFalse(documents("first-2").get("new").code("copy").isEmpty());
  }

  @Test
  void everyMissingRightIsSaidBeforeAnything() throws IOException {
    load("rights");
    List<String> rights = new ArrayList<>(CLUSTER_RIGHTS);
    rights.addAll(INDEX_RIGHTS);
    rights.remove("view_index_metadata"); // is a part of manage
    for (String right : rights) {
      String user = without(right);
      CommandLine.Ended run = as(user).run(setup("rights"));
      assertEquals(1, run.status(), user);
      String wanted = right.endsWith("*") ? right.substring(0, right.length() - 1) : right;
      assertTrue(run.err().contains("user [" + user + "] lacks "), run.err());
      assertTrue(run.err().contains("[" + wanted) && run.err().contains("nothing was done"));
      CommandLine.Ended plan = as(user).run(setup("rights", "--dry-run"));
      assertEquals(1, plan.status());
      assertTrue(plan.out().contains("1/8 rights: NOT POSSIBLE: user [" + user), plan.out());
    }
    assertFalse(Files.exists(file("rights")));
    assertEquals(404, http().get("/_semantic_hash/models/rights").status());
  }

  @Test
  void whatIsInTheWayIsFoundBeforeTheWork() throws IOException {
    load("busy");
    load("taken");
    as(USER).run(setup("taken", "--skip", "mapping,pipeline,hash,check,radius")).ok();
    String other = as(USER).run(setup("busy", "--id", "taken")).err();
    assertTrue(
        other.contains(
            "the cluster has another model [taken], of index [taken], field [text]; use it with"
                + " [model], or name yours with [id]"),
        other);
    String file =
        as(USER)
            .run("setup", "--index", "busy", "--field", "text", "-o", file("taken").toString())
            .err();
    assertTrue(file.contains("has a model of index [taken], field [text]; name another"), file);
    http().put("/_ingest/pipeline/mine", "{\"processors\":[]}").ok();
    String pipeline = as(USER).run(setup("busy", "--pipeline", "mine")).err();
    assertTrue(pipeline.contains("the cluster has another pipeline [mine], which"), pipeline);
    String field = as(USER).run(setup("busy", "--code-field", "label")).err();
    assertTrue(field.contains("index [busy] has a field [label] already"), field);
    assertFalse(Files.exists(file("busy")));
    // Its own default pipeline stays; the codes come last.
    http().put("/busy/_settings", Map.of("index.default_pipeline", "mine")).ok();
    CommandLine.Ended run = as(USER).run(setup("busy", "--skip", "radius")).ok();
    assertTrue(run.out().contains("pipeline [busy-codes] is the [index.final_pipeline]"));
    assertPiped("busy");
    assertNotEquals("", documents("busy").get("new").code("code"));
  }
}
