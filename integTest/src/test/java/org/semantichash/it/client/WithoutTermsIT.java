// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.it.SafetyRow;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossFile;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.it.http.Http;
import org.semantichash.it.model.TrainedModel;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/**
 * Texts of which the model knows no term, on every road to a code and to a deletion: none of them
 * is deleted as the duplicate of another unless that is asked for by name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithoutTermsIT {

  private static final int BITS = 64;
  private static final int GLOSSES = 300;
  private static final long SEED = 20_261_126;
  private static final String MODEL = "glosses";

  /** Texts that say nothing to the model, by id. */
  private static final Map<String, String> EMPTY =
      Map.of(
          "blank", " ", "empty", "", "foreign", "qqqzzz xxxyyy", "marks", "?!", "other", "zzzqqq");

  private final Path work = Path.of(System.getProperty("semantichash.work"), "without-terms");
  private final Map<String, String> texts = new TreeMap<>();
  private Cluster cluster;
  private CommandLine line;

  @BeforeAll
  void start() throws IOException {
    List<Gloss> glosses = WordNet.shuffled(WordNet.nouns(), SEED).subList(0, GLOSSES);
    cluster = Cluster.start("without-terms", 1, Distribution.ofBuild().quickStart());
    line = new CommandLine(cluster.address());
    upload(MODEL, glosses, 1);
    fillTexts(glosses);
  }

  /** Texts that the model tells apart, a copy of the first, and those that it does not know. */
  private void fillTexts(List<Gloss> glosses) throws IOException {
    JsonNode hashed =
        http()
            .post(
                "/_semantic_hash/models/" + MODEL + "/_hash",
                Map.of("docs", glosses.stream().map(g -> Map.of("text", g.text())).toList()))
            .ok()
            .body()
            .path("docs");
    Set<String> codes = new TreeSet<>();
    for (int i = 0; i < GLOSSES; i++) {
      boolean known = hashed.path(i).path("known_terms").asInt() > 0;
      if (known && codes.add(hashed.path(i).path("code").asText())) {
        texts.put("d" + texts.size(), glosses.get(i).text());
      }
    }
    assertTrue(texts.size() > GLOSSES / 4, texts.size() + " texts");
    texts.put("copy", texts.get("d0"));
    texts.putAll(EMPTY);
  }

  private void upload(String name, List<Gloss> glosses, int seed) throws IOException {
    Path corpus = GlossFile.write(glosses, work.resolve("glosses.jsonl"));
    TrainedModel model =
        TrainedModel.train(
            corpus, work.resolve(seed + ".onnx"), BITS, List.of("--method=lsh", "--seed=" + seed));
    line.run("upload", model.file().toString(), "--id", name, "--replace").ok();
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

  /** An index with all texts, through a pipeline or without codes. */
  private IndexState fill(String index, String empty) throws IOException {
    Map<String, Object> code =
        Map.of("code", Map.of("type", "hash_code", "bits", BITS, "model", MODEL));
    http().put("/" + index, Map.of("mappings", Map.of("properties", code))).ok();
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      lines.append(Http.JSON.writeValueAsString(Map.of("index", Map.of("_id", text.getKey()))));
      lines.append('\n').append(Http.JSON.writeValueAsString(Map.of("text", text.getValue())));
      lines.append('\n');
    }
    String pipeline = "";
    if (empty != null) {
      Map<String, String> processor =
          Map.of("model", MODEL, "field", "text", "target_field", "code", "empty", empty);
      http()
          .put(
              "/_ingest/pipeline/" + empty,
              Map.of("processors", List.of(Map.of("semantic_hash", processor))))
          .ok();
      pipeline = "&pipeline=" + empty;
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    JsonNode answer = http().bulk("/" + index + "/_bulk?refresh=true" + pipeline, body).ok().body();
    assertEquals(false, answer.path("errors").asBoolean(true), answer.toString());
    return new IndexState(http(), index);
  }

  private CommandLine.Ended run(String verb, String index, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(verb, "--index", index, "--field", "text", "--model", MODEL));
    command.addAll(List.of(more));
    return line.run(command.toArray(String[]::new));
  }

  private CommandLine.Ended apply(String index, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("near-duplicates", "--index", index, "--field", "code"));
    command.addAll(List.of("--max-distance", "0", "--apply", "delete"));
    command.addAll(List.of(more));
    return line.run(command.toArray(String[]::new));
  }

  private Set<String> withCode(IndexState index) throws IOException {
    Set<String> ids = new TreeSet<>();
    index
        .documents()
        .forEach(
            (id, document) -> {
              if (document.code("code").isEmpty() == false) {
                ids.add(id);
              }
            });
    return ids;
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>(texts.keySet());
    known.removeAll(EMPTY.keySet());
    return known;
  }

  @Test
  void pipelineAndCommandLeaveTheSameTextsWithoutACode() throws IOException {
    assertEquals(known(), withCode(fill("piped", "skip")));
    IndexState hashed = fill("hashed", null);
    JsonNode summary = Http.JSON.readTree(run("hash-index", "hashed", "--json").ok().out());
    assertEquals(EMPTY.size(), summary.path("without_terms").asInt(), summary.toString());
    assertEquals(0, summary.path("without_text").asInt());
    assertEquals(known(), withCode(hashed));
    Set<String> ids = new TreeSet<>(apply("hashed", "--yes").ok().out().lines().toList());
    assertTrue(ids.toString().contains("deleted: 1 documents of 1 groups"), ids.toString());
    Set<String> left = new TreeSet<>(texts.keySet());
    left.removeAll(Set.of("d0"));
    assertEquals(left, hashed.documents().keySet());
  }

  @Test
  void rehashLeavesThemWithoutACodeToo() throws IOException {
    IndexState index = fill("again", "hash");
    run("rehash", "again", "--code-field", "missing", "--new-code-field", "code_2").ok();
    Set<String> ids = new TreeSet<>();
    index
        .documents()
        .forEach(
            (id, document) -> {
              if (document.code("code_2").isEmpty() == false) {
                ids.add(id);
                assertEquals(document.code("code"), document.code("code_2"), id);
              }
            });
    assertEquals(known(), ids);
  }

  /** As an index is that was filled by an earlier version. */
  @Test
  void noneIsDeletedThoughTheyHaveTheSameCode() throws IOException {
    IndexState index = fill("old", "hash");
    Map<String, IndexState.Document> documents = index.documents();
    Set<String> codes = new TreeSet<>();
    EMPTY.keySet().forEach(id -> codes.add(documents.get(id).code("code")));
    assertEquals(1, codes.size(), codes.toString());
    String emptyCode = codes.iterator().next().split("@", -1)[0];

    assertLeftOut(job("old", false), emptyCode);
    JsonNode all = job("old", true);
    assertEquals(EMPTY.size(), all.at("/groups/0/size").asInt(), all.toString());
    JsonNode aggregation = aggregation("old");
    assertEquals(EMPTY.size(), aggregation.path("without_terms").asInt());
    assertEquals(1, aggregation.path("total_groups").asInt());

    CommandLine.Ended dry = apply("old", "--text-field", "text").ok();
    assertTrue(dry.out().contains("5 left out without known terms"), dry.out());
    assertTrue(dry.out().contains("would be deleted: 1 documents of 1 groups"), dry.out());
    assertTrue(dry.out().contains(" stays old/copy  "), dry.out());
    assertTrue(dry.out().contains(" goes  old/d0  "), dry.out());
    apply("old", "--yes").ok();
    Set<String> left = new TreeSet<>(texts.keySet());
    left.remove("d0");
    Set<String> gone = new TreeSet<>(EMPTY.keySet());
    gone.removeAll(index.documents().keySet());
    SafetyRow.write(
        "documents without known terms that a deletion of near-duplicates took",
        EMPTY.size(),
        gone.size(),
        Map.of("documents", texts.size()));
    assertEquals(left, index.documents().keySet());

    CommandLine.Ended named = apply("old", "--yes", "--include-without-terms").ok();
    assertTrue(named.out().contains("deleted: 4 documents of 1 groups"), named.out());
    assertTrue(named.err().contains("more than 1 %"), named.err());
    left.removeAll(EMPTY.keySet());
    left.add("blank");
    assertEquals(left, index.documents().keySet());
  }

  private JsonNode job(String index, boolean include) throws IOException {
    return http()
        .post(
            "/" + index + "/_semantic_hash/near_duplicates",
            Map.of("field", "code", "max_distance", 0, "include_without_terms", include))
        .ok()
        .body();
  }

  private static void assertLeftOut(JsonNode found, String emptyCode) {
    assertEquals(EMPTY.size(), found.path("without_terms").asInt(), found.toString());
    assertEquals(0, found.path("without_code").asInt());
    assertEquals(emptyCode, found.at("/empty_codes/0").asText());
    assertEquals(1, found.path("total_groups").asInt());
    assertEquals("copy", found.at("/groups/0/documents/0/_id").asText());
  }

  private JsonNode aggregation(String index) throws IOException {
    Map<String, Object> groups =
        Map.of("near_duplicates", Map.of("field", "code", "max_distance", 0));
    return http()
        .post("/" + index + "/_search", Map.of("size", 0, "aggs", Map.of("groups", groups)))
        .ok()
        .body()
        .at("/aggregations/groups");
  }

  /** Nobody knows what such codes are when the model is gone. */
  @Test
  void nothingIsDeletedWhenTheModelIsGone() throws IOException {
    IndexState index = fill("orphaned", "hash");
    String code = index.documents().get("blank").code("code").split("@", -1)[0];
    Map<String, Object> lost =
        Map.of("code", Map.of("type", "hash_code", "bits", BITS, "model", "lost"));
    http().put("/lost", Map.of("mappings", Map.of("properties", lost))).ok();
    for (String id : List.of("a", "b")) {
      http().put("/lost/_doc/" + id + "?refresh=true", Map.of("code", code)).ok();
    }
    CommandLine.Ended refused = apply("lost", "--yes");
    assertEquals(1, refused.status(), refused.err());
    assertTrue(refused.err().contains("[lost]: model [lost] not found"), refused.err());
    assertEquals(Set.of("a", "b"), new IndexState(http(), "lost").documents().keySet());
    assertEquals("lost", aggregation("lost").at("/empty_code_unknown/0/index").asText());
    JsonNode jobs = http().get("/_semantic_hash/near_duplicates").ok().body();
    jobs.path("near_duplicates")
        .forEach(job -> assertTrue(job.path("indices").toString().contains("lost") == false));
  }
}
