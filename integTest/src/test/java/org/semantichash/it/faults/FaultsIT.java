// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.SharedNodes;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.http.Http;
import org.semantichash.it.model.RandomModel;
import org.semantichash.it.node.Cluster;

/**
 * Three nodes of which one after the other is killed while documents are written. Killing 20
 * instead of 2: {@code -Dfaults.kills=20}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {

  private static final int KILLS = Integer.getInteger("faults.kills", 2);
  private static final int BULKS = 10;
  private static final long WRITE_SECONDS = 300;
  private static final int NODES = SharedNodes.NODES;
  private static final int BITS = 64;
  private static final String INDEX = "written";
  private static final String MODEL = "faults";
  private static final List<String> WORDS =
      IntStream.range(0, 2000).mapToObj(i -> "word" + i).toList();

  private final EncoderModel model = RandomModel.of(WORDS, 32, BITS);
  private final UploadFaults uploads = new UploadFaults(WORDS, BITS);
  private Cluster cluster;

  @BeforeAll
  void start() throws IOException {
    cluster = SharedNodes.three();
    http().putBytes("/_semantic_hash/models/" + MODEL, model.file()).ok();
    Map<String, Object> processor = Map.of("model", MODEL, "field", "text", "target_field", "code");
    http()
        .put(
            "/_ingest/pipeline/" + MODEL,
            Map.of("processors", List.of(Map.of("semantic_hash", processor))))
        .ok();
    Map<String, Object> code = Map.of("type", "hash_code", "bits", BITS, "model", MODEL);
    http()
        .put(
            "/" + INDEX,
            Map.of(
                "settings",
                Map.of("number_of_shards", 3, "number_of_replicas", 1),
                "mappings",
                Map.of("properties", Map.of("text", Map.of("type", "text"), "code", code))))
        .ok();
  }

  /** Others need the nodes too. */
  @AfterAll
  void delete() throws IOException {
    if (cluster != null) {
      http().delete("/" + INDEX + "?ignore_unavailable=true").ok();
    }
  }

  private Http http() {
    return cluster.http();
  }

  private void awaitGreen() throws IOException {
    http().get("/_cluster/health?wait_for_status=green&timeout=120s").ok();
  }

  @Test
  @Order(1)
  void partsMayComeInAnyOrderTwiceAndThroughAnyNode() throws IOException {
    uploads.shuffledParts(cluster, NODES);
  }

  @Test
  @Order(2)
  void ofManyUploadsAtTheSameTimeOneWins() throws Exception {
    uploads.atTheSameTime(http());
  }

  @Test
  @Order(3)
  void whatWasAcknowledgedIsThereWithItsCodeAfterNodesWereKilled() throws Exception {
    long seed = randomSeed();
    AcknowledgedTexts texts = new AcknowledgedTexts(INDEX, MODEL, WORDS, seed);
    for (int kill = 0; kill < KILLS; kill++) {
      awaitGreen();
      int node = (int) Math.floorMod(seed + kill, (long) NODES);
      System.out.println("kill " + (kill + 1) + "/" + KILLS + " of node " + node);
      writeWhile(texts, () -> cluster.kill(node));
      cluster.startAgain(node);
    }
    awaitGreen();
    check(texts, "seed " + seed);
  }

  @Test
  @Order(4)
  void afterAllNodesWereKilledTheyServeWhatWasAcknowledged() throws Exception {
    long seed = randomSeed();
    AcknowledgedTexts texts = new AcknowledgedTexts(INDEX, MODEL, WORDS, seed);
    writeWhile(texts, () -> {});
    for (int node = 0; node < NODES; node++) {
      cluster.kill(node);
    }
    cluster.restart();
    check(texts, "all killed, seed " + seed);
    for (int node = 0; node < NODES; node++) {
      try (Http one = cluster.http(node)) {
        uploads.checkServed(one, MODEL, model);
      }
    }
  }

  /** Another one each time, or the one given with {@code -Dtests.faults.seed}; printed. */
  private static long randomSeed() {
    long seed = Long.getLong("tests.faults.seed", System.nanoTime());
    System.out.println("FaultsIT: seed [" + seed + "], again with -Dtests.faults.seed=" + seed);
    return seed;
  }

  /** Writes before, during and after something happens. */
  private void writeWhile(AcknowledgedTexts texts, Runnable fault) throws Exception {
    int before = texts.bulks();
    Deadline deadline = new Deadline("[" + 2 * BULKS + "] bulks around a fault", WRITE_SECONDS);
    Thread other =
        new Thread(
            () -> {
              while (texts.bulks() < before + BULKS) {
                deadline.pause(1);
              }
              fault.run();
            });
    other.start();
    int acknowledged = 0;
    while (other.isAlive() || texts.bulks() < before + 2 * BULKS) {
      deadline.check();
      acknowledged = texts.byId().size();
      texts.bulk(http());
    }
    int last = acknowledged;
    for (int i = 0; i < BULKS; i++) {
      texts.bulk(http());
    }
    assertTrue(texts.byId().size() > last, "nothing is written any more");
  }

  /** Reads each text by its id. */
  private void check(AcknowledgedTexts texts, String what) throws IOException {
    http().post("/" + INDEX + "/_refresh").ok();
    Map<String, String> stored = new HashMap<>();
    List<String> ids = texts.byId().keySet().stream().sorted().toList();
    for (int from = 0; from < ids.size(); from += 1000) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + 1000));
      Map<String, Object> query = Map.of("ids", Map.of("values", some));
      Map<String, Object> body =
          Map.of("query", query, "size", 1000, "fields", List.of("code"), "_source", false);
      JsonNode hits = http().post("/" + INDEX + "/_search", body).ok().body().path("hits");
      for (JsonNode hit : hits.path("hits")) {
        stored.put(hit.path("_id").asText(), hit.path("fields").path("code").path(0).asText());
      }
    }
    Map<String, String> expected = new HashMap<>();
    try (TextHasher hasher = TextHasher.open(model)) {
      texts.byId().forEach((id, text) -> expected.put(id, hasher.hash(text).code().toHex()));
    }
    assertEquals(expected, stored, what);
  }
}
