// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossIndex;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.http.Http;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.oracle.CodeTable;
import org.semantichash.it.oracle.HitCheck;
import org.semantichash.it.oracle.Hits;
import org.semantichash.trainer.cli.SemanticHash;

/** The whole way on a real cluster: every hit list must be what brute force gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GlossSearchScenario {

  private static final String INDEX = "glosses";
  private static final int SIZE = 100;

  private final int shards;
  private final int replicas;
  private Cluster cluster;
  private GlossModel model;
  private Map<String, Gloss> glosses;

  GlossSearchScenario(int shards, int replicas) {
    this.shards = shards;
    this.replicas = replicas;
  }

  @BeforeAll
  void start() throws IOException {
    model = GlossModel.shared();
    glosses = model.indexed().stream().collect(Collectors.toMap(Gloss::id, Function.identity()));
    cluster = cluster();
    String file = model.model().file().toString();
    assertEquals(
        0, SemanticHash.run("upload", file, "--id", GlossModel.NAME, "--url", cluster.address()));
    GlossIndex.putPipeline(http(), GlossModel.NAME);
    GlossIndex index = new GlossIndex(http(), INDEX);
    index.create(GlossModel.NAME, GlossModel.BITS, shards, replicas);
    index.bulk(model.indexed(), GlossModel.NAME);
  }

  /** The nodes that are searched, which run. */
  abstract Cluster cluster() throws IOException;

  final Http http() {
    return cluster.http();
  }

  /** The model's file, which is stored in the cluster and nowhere else. */
  final byte[] file() throws IOException {
    return Files.readAllBytes(model.model().file());
  }

  final Path snapshots() {
    return cluster.snapshots();
  }

  final GlossModel model() {
    return model;
  }

  private Hits search(String index, Object body) throws IOException {
    return Hits.of(http().post("/" + index + "/_search", body));
  }

  private CodeTable table() {
    return model.codes();
  }

  @Test
  void storedCodesAreTheTrainers() throws IOException {
    Map<String, String> stored = new HashMap<>();
    Map<String, Object> body = Hamming.search(Map.of("match_all", Map.of()), 10_000);
    body.put("sort", List.of("gloss"));
    body.put("fields", List.of("code"));
    body.put("_source", false);
    for (Hits page = search(INDEX, body);
        page.hits().isEmpty() == false;
        page = search(INDEX, body)) {
      for (Hits.Hit hit : page.hits()) {
        stored.put(hit.id(), hit.body().path("fields").path("code").path(0).asText());
      }
      body.put("search_after", List.of(page.hits().get(page.hits().size() - 1).id()));
    }
    Map<String, String> expected = new HashMap<>();
    table().codes().forEach((id, code) -> expected.put(id, code.toHex()));
    assertEquals(expected, stored);
  }

  @Test
  void searchesByTextFindWhatBruteForceFinds() throws IOException {
    for (Gloss query : model.heldOut()) {
      BinaryCode code = model.heldOutCodes().code(query.id());
      Hits hits = search(INDEX, Hamming.text(query.text()).search(SIZE));
      HitCheck.check(hits, table(), code, GlossModel.BITS, SIZE);
    }
  }

  @Test
  void withoutExactTotalsTheSameHitsComeFirst() throws IOException {
    // Only then does the collector tell the scorer which scores can still compete.
    for (Gloss query : model.heldOut()) {
      BinaryCode code = model.heldOutCodes().code(query.id());
      Map<String, Object> body = Hamming.text(query.text()).search(SIZE);
      body.put("track_total_hits", false);
      Hits pruned = search(INDEX, body);
      HitCheck.check(
          new Hits(table().codes().size(), true, pruned.hits()),
          table(),
          code,
          GlossModel.BITS,
          SIZE);
    }
  }

  @Test
  void searchesByDocumentFindWhatBruteForceFinds() throws IOException {
    for (Gloss gloss : model.indexed().subList(0, 20)) {
      Hits hits = search(INDEX, Hamming.like(INDEX, gloss.id()).search(SIZE));
      HitCheck.check(hits, table(), table().code(gloss.id()), GlossModel.BITS, SIZE);
    }
  }

  @Test
  void searchesByCodeWithinEveryRadiusFindWhatBruteForceFinds() throws IOException {
    BinaryCode code = table().code(model.indexed().get(7).id());
    for (int radius = 0; radius <= GlossModel.BITS; radius++) {
      Hits hex = search(INDEX, Hamming.code(code.toHex()).within(radius).search(SIZE));
      HitCheck.check(hex, table(), code, radius, SIZE);
    }
    Hits base64 = search(INDEX, Hamming.code(code.toBase64()).within(12).search(SIZE));
    HitCheck.check(base64, table(), code, 12, SIZE);
  }

  @Test
  void filtersAndExclusionsLeaveTheRightDocuments() throws IOException {
    for (Gloss query : model.heldOut().subList(0, 10)) {
      BinaryCode code = model.heldOutCodes().code(query.id());
      Map<String, Object> label = Map.of("term", Map.of("label", query.label()));
      Object hamming = Hamming.text(query.text()).within(24).query();
      HitCheck.check(
          bool("must", hamming, "filter", label),
          table().filter(id -> glosses.get(id).label().equals(query.label())),
          code,
          24,
          SIZE);
      HitCheck.check(
          bool("must", hamming, "must_not", label),
          table().filter(id -> glosses.get(id).label().equals(query.label()) == false),
          code,
          24,
          SIZE);
    }
  }

  private Hits bool(String first, Object query, String second, Object filter) throws IOException {
    return search(
        INDEX, Hamming.search(Map.of("bool", Map.of(first, query, second, filter)), SIZE));
  }

  @Test
  void inAFilterTheRadiusDecidesAndAnotherQueryScores() throws IOException {
    BinaryCode code = table().code(model.indexed().get(3).id());
    Set<String> expected = table().within(code, 20).keySet();
    Hits hits =
        bool(
            "filter",
            Hamming.code(code.toHex()).within(20).query(),
            "must",
            Map.of("constant_score", Map.of("filter", Map.of("match_all", Map.of()))));
    assertEquals(expected.size(), hits.total());
    hits.hits().forEach(hit -> assertTrue(expected.contains(hit.id()), hit.id()));
    hits.hits().forEach(hit -> assertEquals(1f, hit.score()));
  }

  @Test
  void aggregationsCountTheWholeRadius() throws IOException {
    BinaryCode code = table().code(model.indexed().get(11).id());
    for (int radius : List.of(8, 16, 24, 32)) {
      Map<String, Integer> expected = new TreeMap<>();
      table()
          .within(code, radius)
          .keySet()
          .forEach(id -> expected.merge(glosses.get(id).label(), 1, Integer::sum));
      Map<String, Object> body = Hamming.code(code.toHex()).within(radius).search(0);
      body.put("aggs", Map.of("labels", Map.of("terms", Map.of("field", "label", "size", 50))));
      JsonNode buckets =
          http()
              .post("/" + INDEX + "/_search", body)
              .ok()
              .body()
              .path("aggregations")
              .path("labels")
              .path("buckets");
      Map<String, Integer> counted = new TreeMap<>();
      buckets.forEach(b -> counted.put(b.path("key").asText(), b.path("doc_count").asInt()));
      assertEquals(expected, counted, "radius " + radius);
    }
  }

  @Test
  void anExplanationGivesTheScore() throws IOException {
    Gloss query = model.heldOut().get(0);
    Map<String, Object> body = Hamming.text(query.text()).with("boost", 2.5).search(SIZE);
    body.put("explain", true);
    Hits hits = search(INDEX, body);
    assertEquals(SIZE, hits.hits().size());
    for (Hits.Hit hit : hits.hits()) {
      assertEquals(hit.score(), (float) hit.body().path("_explanation").path("value").asDouble());
    }
  }

  @Test
  void everythingIsThereAfterARestart() throws IOException {
    cluster.restart();
    checkSome(INDEX);
  }

  @Test
  void aForceMergeChangesNothing() throws IOException {
    http().post("/" + INDEX + "/_forcemerge?max_num_segments=1").ok();
    http().post("/" + INDEX + "/_refresh").ok();
    checkSome(INDEX);
  }

  @Test
  void aRestoredSnapshotAnswersAsTheIndexDid() throws IOException {
    Map<String, Object> settings = Map.of("location", cluster.snapshots().resolve("a").toString());
    http().put("/_snapshot/files", Map.of("type", "fs", "settings", settings)).ok();
    JsonNode snapshot =
        http()
            .put(
                "/_snapshot/files/one?wait_for_completion=true",
                Map.of("indices", INDEX, "include_global_state", false))
            .ok()
            .body();
    assertEquals("SUCCESS", snapshot.path("snapshot").path("state").asText(), snapshot.toString());
    http()
        .post(
            "/_snapshot/files/one/_restore?wait_for_completion=true",
            Map.of("indices", INDEX, "rename_pattern", "(.+)", "rename_replacement", "restored-$1"))
        .ok();
    checkSome("restored-" + INDEX);
    http().delete("/restored-" + INDEX).ok();
  }

  private void checkSome(String index) throws IOException {
    for (Gloss query : model.heldOut().subList(0, 10)) {
      BinaryCode code = model.heldOutCodes().code(query.id());
      HitCheck.check(
          search(index, Hamming.text(query.text()).search(SIZE)),
          table(),
          code,
          GlossModel.BITS,
          SIZE);
      HitCheck.check(
          search(index, Hamming.text(query.text()).within(20).search(SIZE)),
          table(),
          code,
          20,
          SIZE);
    }
  }

  @Test
  void deletedAndChangedDocumentsAreSeenAsTheyAre() throws IOException {
    GlossIndex changing = new GlossIndex(http(), "changing");
    changing.create(GlossModel.NAME, GlossModel.BITS, shards, replicas);
    List<Gloss> some = model.indexed().subList(0, 2000);
    changing.bulk(some, GlossModel.NAME);
    Map<String, BinaryCode> expected = new LinkedHashMap<>();
    some.forEach(gloss -> expected.put(gloss.id(), table().code(gloss.id())));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 300; i += 3) {
      String deleted = some.get(i).id();
      lines.append(line(Map.of("delete", Map.of("_id", deleted))));
      expected.remove(deleted);
      // Another text by the same id: the pipeline must overwrite the code that came with it.
      Gloss other = model.indexed().get(5000 + i);
      String changed = some.get(i + 1).id();
      lines.append(line(Map.of("index", Map.of("_id", changed))));
      lines.append(line(Map.of("text", other.text(), "code", expected.get(changed).toHex())));
      expected.put(changed, table().code(other.id()));
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    JsonNode reply = http().bulk("/changing/_bulk?pipeline=" + GlossModel.NAME, body).ok().body();
    assertEquals(false, reply.path("errors").asBoolean(true), reply.toString());
    changing.refresh();
    CodeTable now = new CodeTable(expected);
    for (Gloss query : model.heldOut()) {
      BinaryCode code = model.heldOutCodes().code(query.id());
      Hits hits = search("changing", Hamming.text(query.text()).within(28).search(SIZE));
      HitCheck.check(hits, now, code, 28, SIZE);
    }
  }

  private static String line(Object value) throws IOException {
    return Http.JSON.writeValueAsString(value) + "\n";
  }
}
