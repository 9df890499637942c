// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.semantichash.TextHasher;
import org.semantichash.analysis.AnalyzerSpec;
import org.semantichash.analysis.AnalyzerType;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.http.Reply;
import org.semantichash.it.model.RandomModel;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** One node, one shard; and what can be asked about models. */
class OneNodeIT extends GlossSearchScenario {

  private static final String MODELS = "/_semantic_hash/models";
  private static final String MODEL = MODELS + "/" + GlossModel.NAME;
  private static final Set<String> BUILT_IN =
      Set.of("_english_64", "_near_duplicates_128", "_near_duplicates_64");

  private Cluster cluster;

  OneNodeIT() {
    super(1, 0);
  }

  @Override
  Cluster cluster() throws IOException {
    cluster = Cluster.start("one-node", 1, Distribution.ofBuild().quickStart());
    return cluster;
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void assertRefused(Reply reply, int status, String reason) {
    assertEquals(status, reply.status(), reply.body().toString());
    assertTrue(reply.reason().contains(reason), reply.body().toString());
    assertEquals(status, reply.body().path("status").asInt());
  }

  @Test
  void showsTheModel() throws IOException {
    EncoderModel expected = EncoderModel.read(file());
    for (String path : List.of(MODELS, MODEL, MODELS + "/gl*", MODELS + "/_all")) {
      Map<String, JsonNode> models = new TreeMap<>();
      for (JsonNode model : http().get(path).ok().body().path("models")) {
        models.put(model.path("model").asText(), model);
      }
      JsonNode model = models.remove(GlossModel.NAME);
      assertEquals(expected.digest(), model.path("digest").asText(), path);
      assertEquals(GlossModel.BITS, model.path("bits").asInt());
      boolean all = path.equals(MODELS) || path.endsWith("_all");
      assertEquals(all ? BUILT_IN : Set.of(), models.keySet(), path);
      models.values().forEach(other -> assertTrue(other.path("built_in").asBoolean()));
    }
    assertRefused(http().get(MODELS + "/nix"), 404, "model [nix] not found");
    assertEquals(0, http().get(MODELS + "/x*").ok().body().path("count").asInt(-1));
  }

  @Test
  void hashesTexts() throws IOException {
    Gloss gloss = model().indexed().get(0);
    Map<String, Object> body = Map.of("docs", List.of(Map.of("text", gloss.text())));
    JsonNode doc = http().post(MODEL + "/_hash?explain", body).ok().body().path("docs").path(0);
    assertEquals(model().codes().code(gloss.id()).toHex(), doc.path("code").asText());
    assertEquals(doc.path("known_terms").asInt(), doc.path("weights").size());
    assertRefused(
        http().post(MODEL + "/_hash", Map.of("dox", List.of())), 400, "[hash] unknown field [dox]");
  }

  @Test
  void countsWhatItDoes() throws IOException {
    http().post(MODEL + "/_warm").ok();
    JsonNode nodes = http().get("/_semantic_hash/stats").ok().body();
    assertEquals(1, nodes.path("_nodes").path("successful").asInt());
    JsonNode node = nodes.path("nodes").elements().next();
    assertEquals("loaded", node.path("onnx_runtime").path("status").asText());
    JsonNode model = node.path("models").path(GlossModel.NAME);
    assertEquals("cluster", model.path("source").asText(), nodes.toString());
    assertEquals("java", model.path("encoder").asText(), nodes.toString());
    assertEquals(2, model.path("format_version").asInt(), nodes.toString());
    // The weights are used where they are in the file's bytes; the vocabulary comes on top.
    int memory = model.path("memory_in_bytes").asInt();
    int file = file().length;
    assertTrue(memory > file && memory < 3 * file, nodes.toString());
    JsonNode cleared = http().post("/_semantic_hash/_clear_cache").ok().body();
    node = cleared.path("nodes").elements().next();
    assertEquals(false, node.path("models").path(GlossModel.NAME).path("loaded").asBoolean(true));
    // The check by ONNX Runtime may still run, and has a copy of the file.
    Deadline.await("memory given back", 60, () -> accountedBytes() == 0);
  }

  private int accountedBytes() throws IOException {
    JsonNode breakers = http().get("/_nodes/stats/breaker").ok().body().path("nodes");
    JsonNode breaker = breakers.elements().next().path("breakers").path("semantic_hash");
    return breaker.path("estimated_size_in_bytes").asInt(-1);
  }

  @Test
  void refusesToDeleteWhatIsUsed() throws IOException {
    Reply reply = http().delete(MODEL);
    assertRefused(reply, 409, "pipelines [" + GlossModel.NAME + "]");
    assertRefused(reply, 409, "glosses");
  }

  @Test
  void theSameFileCanBePutAgainAndAnotherCannot() throws IOException {
    assertEquals("unchanged", http().putBytes(MODEL, file()).ok().body().path("result").asText());
    byte[] broken = file();
    broken[broken.length / 2] ^= 1;
    assertEquals(409, http().putBytes(MODEL, broken).status());
    assertEquals(400, http().putBytes(MODELS + "/cut", Arrays.copyOf(broken, 1000)).status());
    assertEquals(400, http().putBytes(MODELS + "/UPPER", file()).status());
  }

  @Test
  void partsMakeAModelWhichCanBeDeleted() throws IOException {
    byte[] file = file();
    String sha256 = EncoderModel.read(file).digest();
    String whole = "?total_length=" + file.length + "&total_parts=2&sha256=" + sha256;
    String parts = MODELS + "/parts";
    int half = file.length / 2;
    byte[] first = Arrays.copyOf(file, half);
    http().putBytes(parts + "/definition/0" + whole, first).ok();
    String complete = parts + "/_complete?sha256=" + sha256;
    assertRefused(http().post(complete), 400, "lacks parts [1]");
    assertRefused(
        http().putBytes(parts + "/definition/2147483648" + whole, first),
        400,
        "[part] must be at most [2147483647], got [2147483648]");
    JsonNode upload = http().get(parts + "/definition").ok().body().path("uploads").path(0);
    assertEquals("[0]", upload.path("parts").toString());
    byte[] second = Arrays.copyOfRange(file, half, file.length);
    http().putBytes(parts + "/definition/1" + whole, second).ok();
    assertEquals("created", http().post(complete).ok().body().path("result").asText());
    Map<String, Object> body = Map.of("docs", List.of(Map.of("text", "a word")));
    http().post(parts + "/_hash", body).ok();
    http().delete(parts).ok();
    assertRefused(http().post(parts + "/_hash", body), 404, "model [parts] not found");
  }

  @Test
  void uploadsThatNobodyCompletesAreSeenAndDeleted() throws IOException {
    String whole = "?total_length=100&total_parts=2&sha256=" + "0".repeat(64);
    for (String model : List.of("given-up-1", "given-up-2")) {
      http().putBytes(MODELS + "/" + model + "/definition/0" + whole, new byte[] {1}).ok();
    }
    String uploads = "/_semantic_hash/uploads";
    for (String path : List.of(uploads + "/given-*", MODELS + "/given-*/definition")) {
      JsonNode listed = http().get(path).ok().body().path("uploads");
      assertEquals("given-up-1", listed.path(0).path("model").asText(), listed.toString());
      assertEquals(2, listed.size());
    }
    assertEquals(2, http().get(uploads).ok().body().path("count").asInt());
    assertRefused(http().delete(uploads + "/other"), 404, "uploads of models [other] not found");
    assertEquals(2, http().delete(uploads + "/given-*").ok().body().path("deleted").asInt());
    assertEquals(0, http().get(uploads).ok().body().path("count").asInt());
  }

  @Test
  void aFileThatArrivedDamagedIsNotStored() throws IOException {
    byte[] file = file();
    String digest = "?sha256=" + EncoderModel.read(file).digest();
    byte[] damaged = file.clone();
    damaged[damaged.length / 2] ^= 1;
    String path = MODELS + "/damaged";
    assertRefused(http().putBytes(path + digest, damaged), 400, "send it again");
    assertRefused(http().putBytes(path, damaged), 400, "the file is damaged: the SHA-256 of its");
    assertEquals(
        "created", http().putBytes(path + digest, file).ok().body().path("result").asText());
    http().delete(path).ok();
  }

  @Test
  void aSnapshotOfTheFeatureBringsTheModelBack() throws IOException {
    Map<String, Object> settings = Map.of("location", snapshots().resolve("models").toString());
    http().put("/_snapshot/models", Map.of("type", "fs", "settings", settings)).ok();
    Map<String, Object> feature =
        Map.of("indices", "-*", "feature_states", List.of("semantic_hash"));
    JsonNode snapshot =
        http().put("/_snapshot/models/one?wait_for_completion=true", feature).ok().body();
    assertEquals("SUCCESS", snapshot.path("snapshot").path("state").asText(), snapshot.toString());
    http().delete(MODEL + "?force=true").ok();
    Map<String, Object> body = Map.of("docs", List.of(Map.of("text", "a bird")));
    assertRefused(http().post(MODEL + "/_hash", body), 404, "model [glosses] not found");
    http().post("/_snapshot/models/one/_restore?wait_for_completion=true", feature).ok();
    http().post(MODEL + "/_hash", body).ok();
  }

  @Test
  void nobodyReadsOrWritesTheIndexDirectly() throws IOException {
    String index = "/.semantic-hash-models-1";
    assertRefused(http().get(index + "/_search"), 400, "reserved for system operations");
    assertRefused(http().delete(index), 400, "reserved for system operations");
    assertTrue(http().get("/_features").ok().body().toString().contains("\"semantic_hash\""));
  }

  /**
   * In a node Lucene's analyzers are a module that does not open its word lists to others: every
   * language hashes there as it does here, its markup stripped or not.
   */
  @Test
  void everyLanguageHashesAsOutside() throws IOException {
    for (AnalyzerType language : AnalyzerType.values()) {
      AnalyzerSpec spec =
          language == AnalyzerType.CUSTOM ? AnalyzerSpec.defaults() : AnalyzerSpec.of(language);
      AnalyzerSpec analyzer = spec.withHtmlStrip(spec.stopWords().size() % 2 == 0);
      List<String> texts = texts(analyzer.stopWords());
      String path = MODELS + "/" + language.lowerCaseName();
      if (givesOtherTerms(analyzer)) {
        continue; // refused here as there
      }
      EncoderModel random = RandomModel.of(analyzer, terms(analyzer, texts), 32, 64);
      http().putBytes(path, random.file()).ok();
      List<Map<String, String>> docs = texts.stream().map(text -> Map.of("text", text)).toList();
      JsonNode answer = http().post(path + "/_hash", Map.of("docs", docs)).ok().body().path("docs");
      try (TextHasher hasher = TextHasher.open(random)) {
        for (int i = 0; i < texts.size(); i++) {
          String expected = hasher.hash(texts.get(i)).code().toHex();
          assertEquals(expected, answer.path(i).path("code").asText(), texts.get(i));
        }
      }
      http().delete(path).ok();
    }
  }

  /** Some do where Lucene is older than where models are made. */
  private static boolean givesOtherTerms(AnalyzerSpec analyzer) {
    try (TextAnalyzer terms = new TextAnalyzer(analyzer)) {
      return terms.spec().equals(analyzer) == false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /** Words made of two stop words are none themselves, and are in the language's script. */
  private static List<String> texts(List<String> stopWords) {
    SplittableRandom random = new SplittableRandom(stopWords.size());
    List<String> texts = new ArrayList<>();
    while (texts.size() < 20) {
      StringBuilder text = new StringBuilder("<b>");
      for (int word = 0; word < 30; word++) {
        text.append(stopWords.get(random.nextInt(stopWords.size())));
        text.append(random.nextBoolean() ? " " : "");
      }
      texts.add(text.append("</b> \u65e5\u672c\u8a9e Stra\u00dfe &amp;").toString());
    }
    return texts;
  }

  private static List<String> terms(AnalyzerSpec spec, List<String> texts) {
    try (TextAnalyzer analyzer = new TextAnalyzer(spec)) {
      return texts.stream()
          .flatMap(text -> analyzer.terms(text).stream())
          .filter(term -> term.isBlank() == false)
          .distinct()
          .toList();
    }
  }
}
