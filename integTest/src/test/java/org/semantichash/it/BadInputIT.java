// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.it.corpus.GlossIndex;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.model.TrainedModel;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;
import org.semantichash.it.oracle.Hits;

/** What is wrong is refused with a message that names it, and the node goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

  private static final String INDEX = "bad";
  private static final String MODEL = GlossModel.NAME;
  private static final int REPEATS = 200;

  private Cluster cluster;
  private BinaryCode emptyCode;

  @BeforeAll
  void start() throws IOException {
    GlossModel glosses = GlossModel.shared();
    Path file = glosses.model().file();
    emptyCode = EncoderModel.read(file).metadata().emptyCode();
    cluster = Cluster.prepare("bad-input", 1, Distribution.ofBuild().quickStart());
    cluster.putModel(MODEL, file);
    cluster.putModel("narrow", narrow(file.getParent()).file());
    cluster.putModel("cut", cut(file));
    cluster.startNodes();
    for (String model : List.of(MODEL, "narrow", "cut", "nowhere")) {
      GlossIndex.putPipeline(http(), model);
    }
    GlossIndex index = new GlossIndex(http(), INDEX);
    index.create(MODEL, GlossModel.BITS, 1, 0);
    index.bulk(glosses.indexed().subList(0, 100), MODEL);
    put("without-code", null, Map.of("words", "a document without text")).ok();
    index.refresh();
  }

  private static TrainedModel narrow(Path folder) {
    return TrainedModel.train(
        folder.resolve("glosses.jsonl"),
        folder.resolve("narrow.onnx"),
        16,
        List.of(
            "--max-documents=2000", "--epochs=1", "--hidden-units=16", "--option=components=2"));
  }

  private static Path cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(file.resolveSibling("cut.onnx"), Arrays.copyOf(bytes, bytes.length / 2));
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

  private Reply put(String id, String pipeline, Object document) throws IOException {
    String query = pipeline == null ? "" : "?pipeline=" + pipeline;
    return http().put("/" + INDEX + "/_doc/" + id + query, document);
  }

  private Reply search(Hamming query) throws IOException {
    return http().post("/" + INDEX + "/_search", query.search(10));
  }

  private static void assertRefused(Reply reply, int status, String... parts) {
    String body = reply.body().toString();
    assertEquals(status, reply.status(), body);
    for (String part : parts) {
      assertTrue(body.contains(part), () -> "[" + part + "] must be in " + body);
    }
  }

  private JsonNode stored(String id) throws IOException {
    return http()
        .get("/" + INDEX + "/_doc/" + id + Http.WITH_CODES)
        .ok()
        .body()
        .path("_source")
        .path("code");
  }

  /** What a pipeline makes of texts without a known term. */
  private String pipeline(String empty) throws IOException {
    Map<String, String> processor =
        new HashMap<>(Map.of("model", MODEL, "field", "text", "target_field", "code"));
    if (empty.equals("default") == false) {
      processor.put("empty", empty);
    }
    http()
        .put(
            "/_ingest/pipeline/" + empty,
            Map.of("processors", List.of(Map.of("semantic_hash", processor))))
        .ok();
    return empty;
  }

  @Test
  void textsWithoutAKnownTermGetNoCodeUnlessThatIsAskedFor() throws IOException {
    for (String text : List.of("", " ", "qqqzzz xxxyyy", "the of and", "\u0000", "😀😀")) {
      put("empty", pipeline("default"), Map.of("text", text, "code", emptyCode.toHex())).ok();
      assertTrue(stored("empty").isMissingNode(), "[" + text + "]");
      put("empty", pipeline("hash"), Map.of("text", text)).ok();
      StampedCode stored = StampedCode.parse(stored("empty").asText(), emptyCode.bits());
      assertEquals(emptyCode, stored.code(), "[" + text + "]");
      assertRefused(
          put("empty", pipeline("fail"), Map.of("text", text)), 400, "[1] different terms");
    }
  }

  @Test
  void aQueryWithoutAKnownTermSearchesForTheEmptyCode() throws IOException {
    put("nothing", pipeline("hash"), Map.of("text", "qqqzzz")).ok();
    http().post("/" + INDEX + "/_refresh").ok();
    Hits byText = Hits.of(search(Hamming.text("xxxyyy").within(0)));
    Hits byCode = Hits.of(search(Hamming.code(emptyCode.toHex()).within(0)));
    assertTrue(byText.total() > 0);
    assertEquals(byCode.total(), byText.total());
  }

  @Test
  void aQueryWithoutAKnownTermAnswersWithAWarning() throws IOException {
    // Often: the text is hashed on another thread than the one that answers.
    List<Integer> without = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      List<String> warnings = search(Hamming.text("qqqzzz" + i)).ok().warnings();
      if (warnings.stream().noneMatch(w -> w.contains("[" + emptyCode.toHex() + "]"))) {
        without.add(i);
      }
    }
    assertEquals(List.of(), without, "searches without a warning");
  }

  @Test
  void aTextOfTenMegabytesIsHashed() throws IOException {
    String text = "a small bird that sings ".repeat(10_000_000 / 24);
    Map<String, Object> index = Map.of("mappings", Map.of("dynamic", false));
    http().put("/huge", index).ok();
    http().put("/huge/_doc/1?pipeline=" + MODEL, Map.of("text", text)).ok();
    JsonNode source = http().get("/huge/_doc/1?_source_includes=code").ok().body().path("_source");
    // Terms in the same proportion, so the same vector but for rounding.
    put("short", MODEL, Map.of("text", "a small bird that sings ")).ok();
    assertEquals(stored("short").asText(), source.path("code").asText());
  }

  @Test
  void loneSurrogatesEndInAnAnswer() throws IOException {
    byte[] document =
        "{\"text\":\"a bird \\ud83d that sings\"}".getBytes(StandardCharsets.US_ASCII);
    Reply reply = http().bulk("/" + INDEX + "/_bulk?pipeline=" + MODEL, bulk("lone", document));
    JsonNode item = reply.ok().body().path("items").path(0).path("index");
    assertTrue(item.path("status").asInt() < 500, item.toString());
    byte[] query =
        "{\"query\":{\"hamming\":{\"field\":\"code\",\"text\":\"a bird \\udc00\"}}}"
            .getBytes(StandardCharsets.US_ASCII);
    int status = http().bulk("/" + INDEX + "/_search", query).status();
    assertTrue(status < 500, "status " + status);
  }

  private static byte[] bulk(String id, byte[] document) {
    String action = "{\"index\":{\"_id\":\"" + id + "\"}}\n";
    return (action + new String(document, StandardCharsets.US_ASCII) + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void textsThatAreNone() throws IOException {
    assertRefused(put("x", MODEL, Map.of("words", "w")), 400, "field [text] not present");
    assertRefused(put("x", MODEL, Map.of("text", 7)), 400, "field [text]", "Integer", "String");
    assertRefused(put("x", MODEL, Map.of("text", List.of("a", "b"))), 400, "field [text]");
  }

  @Test
  void unknownParametersOfAProcessor() throws IOException {
    Map<String, Object> processor =
        Map.of("model", MODEL, "field", "text", "target_field", "code", "colour", "red");
    Object pipeline = Map.of("processors", List.of(Map.of("semantic_hash", processor)));
    assertRefused(http().put("/_ingest/pipeline/wrong", pipeline), 400, "[colour]");
    Map<String, Object> incomplete = Map.of("model", MODEL, "field", "text");
    pipeline = Map.of("processors", List.of(Map.of("semantic_hash", incomplete)));
    assertRefused(http().put("/_ingest/pipeline/wrong", pipeline), 400, "[target_field]");
  }

  @Test
  void modelsThatCannotBeUsed() throws IOException {
    assertRefused(put("x", "nowhere", Map.of("text", "a bird")), 404, "model [nowhere] not found");
    assertRefused(put("x", "cut", Map.of("text", "a bird")), 400, "model [cut] cannot be used");
    Hamming nowhere = Hamming.text("a bird").with("model", "nowhere");
    assertEquals(404, search(nowhere).status(), search(nowhere).body().toString());
    assertRefused(search(Hamming.text("a bird").with("model", "Not A Name")), 400, "[Not A Name]");
  }

  @Test
  void aModelOfAnotherWidthThanTheField() throws IOException {
    assertRefused(put("x", "narrow", Map.of("text", "a bird")), 400, "[64]", "16");
    assertRefused(
        search(Hamming.text("a bird").with("model", "narrow")), 400, "[narrow]", "[16]", "[64]");
  }

  @Test
  void codesOfAWrongLengthOrAlphabet() throws IOException {
    assertRefused(put("x", null, Map.of("code", "abcd")), 400, "[code]", "[64]", "abcd");
    assertRefused(put("x", null, Map.of("code", 12)), 400, "[code]");
    String twice = "00".repeat(8);
    assertRefused(put("x", null, Map.of("code", List.of(twice, twice))), 400, "one value");
    assertRefused(search(Hamming.code("abcd")), 400, "[code]", "[64]");
    assertRefused(search(Hamming.code("zz".repeat(8))), 400, "[code]");
  }

  @Test
  void digestsOfOldCodes() throws IOException {
    String models = "/_semantic_hash/models";
    assertRefused(
        http().get(models + "?old_codes=true&digest=x"),
        400,
        "[digest] must be [64] hexadecimal digits, got [x]");
    String digest = "0".repeat(64);
    http().get(models + "?old_codes=true&digest=" + digest).ok();
    assertRefused(
        http().get(models + "?digest=" + digest), 400, "unrecognized parameter: [digest]");
  }

  @Test
  void bothOrNoneOfTextLikeAndCode() throws IOException {
    String rule = "exactly one of [text], [like] and [code]";
    assertRefused(search(Hamming.text("a").with("code", "00".repeat(8))), 400, rule);
    assertRefused(search(Hamming.like(INDEX, "1").with("text", "a")), 400, rule);
    assertRefused(
        http()
            .post(
                "/" + INDEX + "/_search",
                Hamming.search(Map.of("hamming", Map.of("field", "code")), 10)),
        400,
        rule,
        "got []");
    assertRefused(search(Hamming.code("00".repeat(8)).with("colour", "red")), 400, "[colour]");
  }

  @Test
  void radiiOutOfRange() throws IOException {
    String code = "00".repeat(8);
    assertRefused(search(Hamming.code(code).within(-1)), 400, "[max_distance]", "[-1]");
    assertRefused(search(Hamming.code(code).within(65)), 400, "[max_distance]", "[64]", "[65]");
  }

  @Test
  void fieldsThatHoldNoCodes() throws IOException {
    String code = "00".repeat(8);
    JsonNode unmapped = search(Hamming.code(code).with("field", "nothing")).ok().body();
    assertEquals(0, unmapped.at("/hits/total/value").asInt(-1), unmapped.toString());
    assertRefused(
        search(Hamming.code(code).with("field", "words")),
        400,
        "[words]",
        "[keyword]",
        "hash_code");
    assertRefused(search(Hamming.text("a bird").with("field", "words")), 400, "[words]");
  }

  @Test
  void documentsThatGiveNoCode() throws IOException {
    assertRefused(search(Hamming.like(INDEX, "missing")), 404, "[missing]", "[" + INDEX + "]");
    assertRefused(search(Hamming.like("nowhere", "1")), 404, "[nowhere]");
    assertRefused(
        search(Hamming.like(INDEX, "without-code")), 400, "[without-code]", "no code", "[code]");
  }

  @Test
  void sortingByCodes() throws IOException {
    Map<String, Object> body = Hamming.search(Map.of("match_all", Map.of()), 10);
    body.put("sort", List.of("code"));
    assertRefused(http().post("/" + INDEX + "/_search", body), 400, "[code]", "sorted");
  }

  @Test
  void oneBadDocumentInABulkFailsAlone() throws IOException {
    String lines =
        """
        {"index":{"_id":"good-1"}}
        {"text":"a bird"}
        {"index":{"_id":"bad"}}
        {"text":7}
        {"index":{"_id":"good-2"}}
        {"text":"a ship"}
        """;
    JsonNode items =
        http()
            .bulk("/" + INDEX + "/_bulk?pipeline=" + MODEL, lines.getBytes(StandardCharsets.UTF_8))
            .ok()
            .body()
            .path("items");
    assertEquals(201, items.path(0).path("index").path("status").asInt(), items.toString());
    assertEquals(400, items.path(1).path("index").path("status").asInt(), items.toString());
    assertEquals(201, items.path(2).path("index").path("status").asInt(), items.toString());
  }
}
