// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.GlossFile;
import org.semantichash.it.corpus.GlossIndex;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.it.http.Http;
import org.semantichash.it.model.TrainedModel;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** The commands hash-index and rehash on one node: nothing is lost, and nothing written twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HashIndexIT {

  private static final int ORIGINALS = 1900;
  private static final int COPIES = 100;
  private static final int DOCUMENTS = ORIGINALS + COPIES;
  private static final int BITS = 64;
  private static final int KILLS = 10;
  private static final int RADIUS = 3;
  private static final long SEED = 20_261_121;
  private static final String MODEL = "glosses";
  private static final String PIPED = "piped";

  private final Path work = Path.of(System.getProperty("semantichash.work"), "hash-index");
  private final Map<Integer, TrainedModel> models = new HashMap<>();
  private Cluster cluster;
  private CommandLine line;
  private List<Gloss> glosses;

  /** The codes that the ingest pipeline writes, with their stamps, by document. */
  private final Map<String, String> expected = new HashMap<>();

  @BeforeAll
  void start() throws IOException {
    glosses = withCopies(WordNet.shuffled(WordNet.nouns(), SEED).subList(0, ORIGINALS));
    cluster = Cluster.start("hash-index", 1, Distribution.ofBuild().quickStart());
    line = new CommandLine(cluster.address());
    upload(MODEL, 1);
    GlossIndex.putPipeline(http(), MODEL);
    GlossIndex piped = new GlossIndex(http(), PIPED);
    piped.create(MODEL, BITS, 1, 0);
    piped.bulk(glosses, MODEL);
    state(PIPED).documents().forEach((id, doc) -> expected.put(id, doc.code("code")));
    assertTrue(Set.copyOf(expected.values()).size() > DOCUMENTS / 10, "codes tell texts apart");
  }

  /** Of the first ones there is another document each, with a word more in every second. */
  private static List<Gloss> withCopies(List<Gloss> originals) {
    List<Gloss> all = new ArrayList<>(originals);
    for (int i = 0; i < COPIES; i++) {
      Gloss gloss = originals.get(i);
      String text = gloss.text() + (i % 2 == 0 ? "" : " bird");
      all.add(new Gloss("copy-" + gloss.id(), gloss.words(), gloss.label(), text));
    }
    return all;
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

  private IndexState state(String index) {
    return new IndexState(http(), index);
  }

  private void upload(String model, int seed) throws IOException {
    if (models.containsKey(seed) == false) {
      models.put(seed, train(seed));
    }
    line.run("upload", models.get(seed).file().toString(), "--id", model, "--replace", "--yes")
        .ok();
  }

  /** Random projections: at once, and their codes tell texts apart. */
  private TrainedModel train(int seed) throws IOException {
    Path texts = GlossFile.write(glosses, work.resolve("glosses.jsonl"));
    List<String> random = List.of("--method=lsh", "--seed=" + seed);
    return TrainedModel.train(texts, work.resolve(seed + ".onnx"), BITS, random);
  }

  /** An index without a field for codes. */
  private IndexState fill(String name, int shards) throws IOException {
    http()
        .put(
            "/" + name,
            Map.of(
                "settings",
                Map.of("number_of_shards", shards, "number_of_replicas", 0),
                "mappings",
                Map.of("properties", Map.of("text", Map.of("type", "text")))))
        .ok();
    new GlossIndex(http(), name).bulk(glosses, null);
    return state(name);
  }

  private static String[] command(String verb, String index, String... more) {
    List<String> command =
        new ArrayList<>(List.of(verb, "--index", index, "--field", "text", "--model", MODEL));
    command.add("--empty=hash"); // as the pipeline does, so that every document has a code
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  private static JsonNode json(CommandLine.Ended ended) throws IOException {
    return Http.JSON.readTree(ended.out());
  }

  @Test
  void givesTheCodesOfThePipeline() throws IOException {
    IndexState index = fill("equal", 2);
    long start = System.nanoTime();
    JsonNode summary = json(line.run(command("hash-index", "equal", "--json")).ok());
    System.out.printf(
        Locale.ROOT,
        "hash-index: %.0f documents/s%n",
        DOCUMENTS / ((System.nanoTime() - start) / 1e9));
    assertEquals(DOCUMENTS, summary.path("written").asInt());
    index
        .documents()
        .forEach(
            (id, document) -> {
              assertEquals(expected.get(id), document.code("code"), id);
              assertEquals(2, document.version(), id);
            });
    assertEquals(
        expected.values().iterator().next().split("@", -1)[1],
        index.mapping().at("/properties/code/digest").asText());
    JsonNode again = json(line.run(command("hash-index", "equal", "--json")).ok());
    assertEquals(0, again.path("written").asInt());
    assertEquals(2L * DOCUMENTS, index.operations());
  }

  @Test
  void aModelThatOnlyLiesOnTheNodeHashesToo() throws IOException {
    Path file = cluster.home(0).resolve("config/semantic-hash/local.onnx");
    Files.copy(models.get(1).file(), file);
    IndexState index = fill("local", 1);
    String[] hash = {
      "hash-index", "--index", "local", "--field", "text", "--model", "local", "--empty=hash"
    };
    line.run(hash).ok();
    index
        .documents()
        .forEach((id, document) -> assertEquals(expected.get(id), document.code("code"), id));
  }

  @Test
  void aKilledCommandIsTakenUpAndNothingIsWrittenTwice() throws Exception {
    IndexState index = fill("killed", 2);
    SplittableRandom random = new SplittableRandom(SEED);
    // The last part is left, so that no command is through before it is killed.
    List<Integer> points =
        random.ints(KILLS, DOCUMENTS + 1, DOCUMENTS + 3 * DOCUMENTS / 4).sorted().boxed().toList();
    String[] slow = command("hash-index", "killed", "--batch", "17", "--rate", "1000");
    for (int point : points) {
      // At least one document is written in between, and it may be in the midst of a request.
      long operations = Math.max(point, index.operations() + 1);
      line.startAndKill(() -> index.operations() >= operations, random.nextInt(30), slow);
      assertTrue(index.operations() < 2L * DOCUMENTS, () -> "killed too late: " + points);
    }
    line.run(command("hash-index", "killed")).ok();
    Map<String, IndexState.Document> documents = index.documents();
    assertEquals(expected.keySet(), documents.keySet(), () -> "killed at " + points);
    documents.forEach(
        (id, document) -> {
          assertEquals(expected.get(id), document.code("code"), () -> id + ", killed at " + points);
          assertEquals(2, document.version(), () -> id + ", killed at " + points);
        });
    assertEquals(2L * DOCUMENTS, index.operations(), () -> "killed at " + points);
    assertEquals(groupsInOneGo(), NearDuplicateGroups.of(http(), "killed", RADIUS), "of " + points);
  }

  private NearDuplicateGroups groupsInOneGo() throws IOException {
    fill("in-one-go", 2);
    line.run(command("hash-index", "in-one-go")).ok();
    NearDuplicateGroups groups = NearDuplicateGroups.of(http(), "in-one-go", RADIUS);
    assertTrue(groups.documents() >= COPIES, "the same text has the same code: " + groups);
    return groups;
  }

  @Test
  void neverOverwritesWhatAnotherWrites() throws Exception {
    GlossIndex glossIndex = new GlossIndex(http(), "written");
    glossIndex.create(MODEL, BITS, 2, 0); // with the field, as the writer's pipeline needs it
    glossIndex.bulk(glosses, null);
    IndexState index = state("written");
    Map<String, String> last = new LinkedHashMap<>();
    glosses.forEach(gloss -> last.put(gloss.id(), gloss.text()));
    AtomicBoolean done = new AtomicBoolean();
    List<Throwable> failures = new ArrayList<>();
    Thread writer = new Thread(() -> write("written", last, done::get), "writer");
    writer.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
    writer.start();
    JsonNode summary;
    try {
      summary =
          json(
              line.run(
                  command("hash-index", "written", "--json", "--batch", "100", "--rate", "1500")));
    } finally {
      done.set(true);
      writer.join(60_000);
      assertFalse(writer.isAlive(), "the writer does not end");
    }
    assertEquals(List.of(), failures);
    assertEquals(0, summary.path("failed").asInt());
    line.run(command("hash-index", "written")).ok();
    Map<String, String> now = new HashMap<>();
    Map<String, String> byText = codesByText(index.documents().values());
    index
        .documents()
        .forEach(
            (id, document) -> {
              now.put(id, document.text());
              assertEquals(byText.get(document.text()), document.code("code"), id);
            });
    assertEquals(new HashMap<>(last), now);
  }

  /** Puts other texts into random documents, now and then with their codes, and deletes some. */
  private void write(String index, Map<String, String> last, CommandLine.Condition done) {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    try {
      while (done.holds() == false) {
        String id = glosses.get(random.nextInt(DOCUMENTS)).id();
        if (random.nextInt(10) == 0) {
          http().delete("/" + index + "/_doc/" + id);
          last.remove(id);
          continue;
        }
        String text = glosses.get(random.nextInt(DOCUMENTS)).text() + " " + random.nextInt(9);
        String pipeline = random.nextBoolean() ? "?pipeline=" + MODEL : "";
        http().put("/" + index + "/_doc/" + id + pipeline, Map.of("text", text)).ok();
        last.put(id, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> codesByText(Iterable<IndexState.Document> documents)
      throws IOException {
    Set<String> texts = new TreeSet<>();
    documents.forEach(document -> texts.add(document.text()));
    List<String> all = List.copyOf(texts);
    Map<String, String> codes = new HashMap<>();
    for (int from = 0; from < all.size(); from += 1000) {
      List<String> some = all.subList(from, Math.min(from + 1000, all.size()));
      JsonNode answer =
          http()
              .post(
                  "/_semantic_hash/models/" + MODEL + "/_hash",
                  Map.of("docs", some.stream().map(text -> Map.of("text", text)).toList()))
              .ok()
              .body();
      String stamp = "@" + answer.path("digest").asText().substring(0, 16);
      for (int i = 0; i < some.size(); i++) {
        codes.put(some.get(i), answer.path("docs").path(i).path("code").asText() + stamp);
      }
    }
    return codes;
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    IndexState index = fill("dry", 1);
    JsonNode mapping = index.mapping();
    JsonNode said = json(line.run(command("hash-index", "dry", "--dry-run", "--json")).ok());
    assertEquals(DOCUMENTS, said.path("selected").asInt());
    assertEquals(3, said.path("codes").size());
    said.path("codes")
        .properties()
        .forEach(code -> assertEquals(expected.get(code.getKey()), code.getValue().asText()));
    line.run(command("hash-index", "dry", "--dry-run", "--into", "dry-2")).ok();
    assertEquals(404, http().get("/dry-2").status());
    assertEquals(mapping, index.mapping());
    assertEquals(DOCUMENTS, index.operations());
  }

  /** A dry run foresees in which indices Elasticsearch updates no document. */
  @Test
  void aDryRunKnowsWhichModesTakeNoUpdates() throws IOException {
    List<String> modes = new ArrayList<>(List.of("standard", "lookup", "logsdb", "time_series"));
    if (System.getProperty("elasticsearch.version", "").startsWith("8.") == false) {
      modes.add("columnar");
    }
    for (String mode : modes) {
      String name = "mode-" + mode;
      Map<String, Object> fields =
          Map.of(
              "@timestamp",
              Map.of("type", "date"),
              "host",
              Map.of("type", "keyword", "time_series_dimension", mode.equals("time_series")),
              "text",
              Map.of("type", "keyword"));
      Map<String, Object> settings = new HashMap<>(Map.of("index.mode", mode));
      if (mode.equals("time_series")) {
        settings.put("index.routing_path", "host");
      }
      http()
          .put("/" + name, Map.of("settings", settings, "mappings", Map.of("properties", fields)))
          .ok();
      String document =
          "{\"@timestamp\":\"" + Instant.now() + "\",\"host\":\"a\",\"text\":\"a bird\"}";
      JsonNode stored = http().post("/" + name + "/_doc?refresh=true", document).ok().body();
      String id = stored.path("_id").asText();
      boolean updates =
          http().post("/" + name + "/_update/" + id, "{\"doc\":{\"x\":1}}").status() == 200;
      CommandLine.Ended ended = line.run(command("hash-index", name, "--dry-run"));
      assertEquals(updates, ended.status() == 0, mode + ": " + ended);
      if (updates == false) {
        assertTrue(ended.err().contains("[index.mode] [" + mode + "]"), ended.err());
      }
    }
  }

  @Test
  void countsWhatHasNoTextOrNoKnownTerm() throws IOException {
    http().put("/odd", Map.of()).ok();
    http().put("/odd/_doc/list", Map.of("a", Map.of("b", List.of("a bird", "an act")))).ok();
    http().put("/odd/_doc/number", "{\"a\":{\"c\":7}}").ok();
    http().put("/odd/_doc/empty", "{\"a\":{\"b\":\"\"}}").ok();
    http().put("/odd/_doc/unknown?routing=x", "{\"a\":{\"b\":\"zzzz qqqq\"}}").ok();
    String[] command = {
      "hash-index",
      "--index",
      "odd",
      "--field",
      "a.b",
      "--model",
      MODEL,
      "--code-field",
      "h.code",
      "--json",
      "--empty=skip"
    };
    JsonNode summary = json(line.run(command).ok());
    assertEquals(1, summary.path("written").asInt());
    assertEquals(1, summary.path("without_text").asInt());
    assertEquals(2, summary.path("without_terms").asInt());
    Map<String, IndexState.Document> left = state("odd").documents();
    assertFalse(left.get("empty").source().has("h"));
    assertFalse(left.get("unknown").source().has("h"));
    command[command.length - 1] = "--empty=fail";
    summary = json(line.run(command));
    assertEquals(2, summary.path("failed").asInt());
    command[command.length - 1] = "--empty=hash";
    summary = json(line.run(command).ok());
    assertEquals(2, summary.path("written").asInt());
    assertEquals(2, summary.path("hashed_without_terms").asInt());
    Map<String, IndexState.Document> documents = state("odd").documents();
    List<IndexState.Document> hashed =
        List.of(
            new IndexState.Document(
                0, 0, Http.JSON.createObjectNode().put("text", "a bird\nan act")));
    assertEquals(
        codesByText(hashed).get("a bird\nan act"),
        documents.get("list").source().at("/h/code").asText());
    assertEquals(
        documents.get("empty").source().at("/h/code").asText(),
        documents.get("unknown").source().at("/h/code").asText());
    assertFalse(documents.get("number").source().has("h"));
  }

  @Test
  void refusesAFieldThatCannotHoldTheCodes() throws IOException {
    http().put("/other", "{\"mappings\":{\"properties\":{\"code\":{\"type\":\"keyword\"}}}}").ok();
    CommandLine.Ended ended = line.run(command("hash-index", "other"));
    assertEquals(1, ended.status());
    assertTrue(ended.err().contains("has [type] [keyword], must be [hash_code]"), ended.err());
    ended = line.run(command("hash-index", "other", "--into", PIPED));
    assertTrue(ended.err().contains("is no copy of [other]"), ended.err());
    assertEquals(DOCUMENTS, state(PIPED).operations());
  }

  @Test
  void aCopyFollowsItsSourceAndTakesItsAlias() throws Exception {
    IndexState source = fill("source", 2);
    http()
        .post("/_aliases", "{\"actions\":[{\"add\":{\"index\":\"source\",\"alias\":\"news\"}}]}")
        .ok();
    IndexState copy = state("copy");
    String[] command =
        command(
            "hash-index",
            "source",
            "--into",
            "copy",
            "--alias",
            "news",
            "--batch",
            "50",
            "--rate",
            "1500",
            "--json");
    line.startAndKill(() -> copy.operations() >= DOCUMENTS / 4, 0, command);
    assertTrue(copy.operations() < DOCUMENTS, "killed too late");
    SplittableRandom random = new SplittableRandom(SEED + 2);
    Set<String> deleted = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      String id = glosses.get(random.nextInt(DOCUMENTS)).id();
      if (random.nextBoolean()) {
        http().delete("/source/_doc/" + id);
        deleted.add(id);
      } else {
        http().put("/source/_doc/" + id, Map.of("text", "a bird of " + i, "weight", 1.50)).ok();
        deleted.remove(id);
      }
    }
    Map<String, IndexState.Document> before = copy.documents();
    Map<String, IndexState.Document> wanted = source.documents();
    long changes =
        wanted.entrySet().stream()
                .filter(
                    e ->
                        before.containsKey(e.getKey()) == false
                            || before.get(e.getKey()).version() != e.getValue().seqNo() + 1)
                .count()
            + before.keySet().stream().filter(id -> wanted.containsKey(id) == false).count();
    assertTrue(before.keySet().stream().anyMatch(deleted::contains), "some copies must go");
    long operations = copy.operations();
    line.run(command).ok();
    assertEquals(operations + changes, copy.operations());
    assertCopied(wanted, copy.documents());
    assertEquals(Set.of("copy"), Set.copyOf(names(http().get("/_alias/news").ok().body())));
    String blocked = "--block-writes";
    line.run(command("hash-index", "source", "--into", "copy", blocked)).ok();
    assertEquals(403, http().put("/source/_doc/new", Map.of("text", "a")).status());
  }

  /** Behind an alias, what was meant for the source is written into the copy. */
  @Test
  void aFinishedCopyKeepsWhatOnlyItHas() throws IOException {
    IndexState source = fill("origin", 2);
    String[] command = command("hash-index", "origin", "--into", "finished", "--json");
    line.run(command).ok();
    Map<String, IndexState.Document> before = source.documents();
    assertEquals(before.keySet(), state("finished").documents().keySet());
    String deleted = before.keySet().iterator().next();
    http().delete("/origin/_doc/" + deleted);
    http().put("/origin/_doc/later", Map.of("text", "a bird")).ok();
    http().put("/finished/_doc/own", Map.of("text", "an act")).ok();
    CommandLine.Ended ended = line.run(command).ok();
    assertEquals(1, json(ended).path("written").asInt());
    assertEquals(2, json(ended).path("kept").asInt());
    assertEquals(0, json(ended).path("deleted").asInt());
    assertTrue(
        ended
            .err()
            .contains(
                "[2] documents are in index [finished] only and stay there: they were written into"
                    + " it, or deleted in [origin], since it was finished"),
        ended.err());
    Set<String> wanted = new TreeSet<>(before.keySet());
    wanted.addAll(List.of("later", "own"));
    assertEquals(wanted, state("finished").documents().keySet());
  }

  private void assertCopied(
      Map<String, IndexState.Document> wanted, Map<String, IndexState.Document> copied)
      throws IOException {
    assertEquals(wanted.keySet(), copied.keySet());
    Map<String, String> byText = codesByText(wanted.values());
    copied.forEach(
        (id, document) -> {
          IndexState.Document original = wanted.get(id);
          assertEquals(original.seqNo() + 1, document.version(), id);
          assertEquals(byText.get(original.text()), document.code("code"), id);
          ((ObjectNode) document.source()).remove("code");
          ((ObjectNode) original.source()).remove("code");
          assertEquals(original.source().toString(), document.source().toString(), id);
        });
  }

  @Test
  void aCopyHasWhatOthersWroteMeanwhile() throws Exception {
    GlossIndex glossIndex = new GlossIndex(http(), "busy");
    glossIndex.create(MODEL, BITS, 2, 0);
    glossIndex.bulk(glosses, null);
    IndexState copy = state("busy-copy");
    Map<String, String> last = new LinkedHashMap<>();
    List<Throwable> failures = new ArrayList<>();
    AtomicBoolean ended = new AtomicBoolean();
    CommandLine.Condition enough = () -> ended.get() || copy.operations() > DOCUMENTS / 2;
    Thread writer = new Thread(() -> write("busy", last, enough), "writer");
    writer.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
    writer.start();
    String[] slow = {"--into", "busy-copy", "--batch", "50", "--rate", "1500"};
    try {
      line.run(command("hash-index", "busy", slow)).ok();
    } finally {
      ended.set(true);
      writer.join(60_000);
      assertFalse(writer.isAlive(), "the writer does not end");
    }
    assertEquals(List.of(), failures);
    assertFalse(last.isEmpty(), "nothing was written meanwhile");
    assertCopied(state("busy").documents(), copy.documents());
  }

  @Test
  void aSourceThatNobodyWritesToIsReadOnceWithItsVectors() throws IOException {
    Map<String, ?> vector = Map.of("vector", Map.of("type", "dense_vector", "dims", 2));
    http().put("/vectors", Map.of("mappings", Map.of("properties", vector))).ok();
    http().put("/vectors/_doc/1", "{\"text\":\"a bird\",\"vector\":[0.5,1.5]}").ok();
    String[] command = command("hash-index", "vectors", "--into", "copied-vectors", "--json");
    JsonNode summary = json(line.run(command).ok());
    assertEquals(1, summary.path("written").asInt());
    assertEquals(0, summary.path("done_before").asInt(), "not compared");
    http().put("/vectors/_doc/2", "{\"text\":\"an act\",\"vector\":[2.5,0.25]}").ok();
    summary = json(line.run(command).ok());
    assertEquals(1, summary.path("written").asInt());
    assertEquals(1, summary.path("done_before").asInt(), "compared once");
    Map<String, IndexState.Document> copied = state("copied-vectors").documents();
    state("vectors")
        .documents()
        .forEach(
            (id, document) -> {
              assertEquals(2, document.source().path("vector").size());
              assertEquals(
                  document.source().path("vector"), copied.get(id).source().path("vector"), id);
            });
    assertEquals(2, copied.size());
  }

  private static List<String> names(JsonNode object) {
    return object.propertyStream().map(Map.Entry::getKey).toList();
  }

  @Test
  void rehashMovesToTheCodesOfAReplacedModel() throws IOException {
    String model = "replaced";
    upload(model, 1);
    IndexState index = fill("old", 1);
    String[] first = {
      "hash-index", "--index", "old", "--field", "text", "--model", model, "--empty=hash"
    };
    line.run(first).ok();
    upload(model, 2);
    CommandLine.Ended refused = line.run(first);
    assertTrue(refused.err().contains("[digest]"), refused.err());
    String[] rehash = {
      "rehash",
      "--index",
      "old",
      "--field",
      "text",
      "--model",
      model,
      "--new-code-field",
      "code_2",
      "--empty=hash"
    };
    CommandLine.Ended ended = line.run(rehash).ok();
    assertTrue(ended.err().contains("has old codes"), ended.err());
    String digest = index.mapping().at("/properties/code_2/digest").asText();
    assertNotEquals(index.mapping().at("/properties/code/digest").asText(), digest);
    index
        .documents()
        .forEach(
            (id, document) -> {
              assertTrue(document.code("code_2").endsWith("@" + digest), id);
              assertEquals(3, document.version());
            });
    String[] copy = {
      "rehash",
      "--index",
      "old",
      "--field",
      "text",
      "--model",
      model,
      "--into",
      "fresh",
      "--empty=hash"
    };
    line.run(copy).ok();
    Map<String, IndexState.Document> documents = index.documents();
    state("fresh")
        .documents()
        .forEach(
            (id, document) ->
                assertEquals(documents.get(id).code("code_2"), document.code("code"), id));
    assertEquals(digest, state("fresh").mapping().at("/properties/code/digest").asText());
  }
}
