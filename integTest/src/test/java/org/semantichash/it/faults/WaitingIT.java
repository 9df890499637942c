// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.SafetyRow;
import org.semantichash.it.http.Http;
import org.semantichash.it.model.RandomModel;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/**
 * Many documents come at once while a large model is not loaded yet: those that wait are hashed
 * when it is there, one after the other, however long that takes; none is told that it has waited
 * too long.
 */
class WaitingIT {

  private static final int DOCUMENTS = Integer.getInteger("tests.waiting.documents", 8000);
  private static final int CLIENTS = 16;
  private static final int MEGABYTES = 60;
  private static final int TERMS = 100;
  private static final int BITS = 64;
  private static final String MODEL = "large";
  private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

  private final List<String> words = IntStream.range(0, 50_000).mapToObj(i -> "word" + i).toList();
  private final AtomicInteger tooLate = new AtomicInteger();
  private final List<String> otherFailures = new ArrayList<>();

  @Test
  void nobodyWhoWaitsForALargeModelTimesOut() throws Exception {
    EncoderModel model = RandomModel.ofSize(MEGABYTES, words, BITS);
    Distribution distribution = Distribution.ofBuild().quickStart().withJvmOptions(HEAP);
    try (Cluster cluster = Cluster.start("waiting", 1, distribution)) {
      Http http = cluster.http();
      http.putBytes("/_semantic_hash/models/" + MODEL, model.file()).ok();
      Map<String, Object> processor =
          Map.of("model", MODEL, "field", "text", "target_field", "code");
      http.put(
              "/_ingest/pipeline/" + MODEL,
              Map.of("processors", List.of(Map.of("semantic_hash", processor))))
          .ok();
      Map<String, Object> code = Map.of("type", "hash_code", "bits", BITS, "model", MODEL);
      Map<String, Object> properties =
          Map.of("text", Map.of("type", "text", "index", false), "code", code);
      http.put("/waiting", Map.of("mappings", Map.of("properties", properties))).ok();
      List<byte[]> bodies = bodies();
      http.post("/_semantic_hash/_clear_cache").ok();
      long start = System.nanoTime();
      send(http, bodies);
      double seconds = (System.nanoTime() - start) / 1e9;
      http.post("/waiting/_refresh").ok();
      Object exists = Map.of("query", Map.of("exists", Map.of("field", "code")));
      JsonNode hashed = http.post("/waiting/_count", exists).ok().body().path("count");
      assertEquals(List.of(), otherFailures);
      SafetyRow.write(
          "documents that wait for a large model on a real node and time out",
          DOCUMENTS,
          tooLate.get(),
          Map.of("seconds_until_all_had_codes", seconds));
      assertEquals(0, tooLate.get());
      assertEquals(DOCUMENTS, hashed.asInt());
    }
  }

  /** All clients at the same time, each with one request. */
  private void send(Http http, List<byte[]> bodies) throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<JsonNode>> requests = new ArrayList<>();
      for (byte[] body : bodies) {
        requests.add(() -> http.bulk("/waiting/_bulk?pipeline=" + MODEL, body).ok().body());
      }
      for (Future<JsonNode> answer : clients.invokeAll(requests)) {
        for (JsonNode item : answer.get().path("items")) {
          count(item.path("index"));
        }
      }
    }
  }

  private void count(JsonNode written) {
    int status = written.path("status").asInt();
    if (status == 408) {
      tooLate.incrementAndGet();
    } else if (status >= 300 && otherFailures.size() < 10) {
      otherFailures.add(written.toString());
    }
  }

  private List<byte[]> bodies() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> bodies = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      StringBuilder lines = new StringBuilder();
      int last = (client + 1) * DOCUMENTS / CLIENTS;
      for (int i = client * DOCUMENTS / CLIENTS; i < last; i++) {
        StringBuilder text = new StringBuilder();
        for (int term = 0; term < TERMS; term++) {
          text.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        lines.append("{\"index\":{}}\n");
        lines.append(Http.JSON.writeValueAsString(Map.of("text", text.toString()))).append('\n');
      }
      bodies.add(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
    return bodies;
  }
}
