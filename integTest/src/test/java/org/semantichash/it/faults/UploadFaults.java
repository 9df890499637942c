// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.semantichash.TextHasher;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.it.http.Http;
import org.semantichash.it.http.Reply;
import org.semantichash.it.model.RandomModel;
import org.semantichash.it.node.Cluster;

/** Uploads that go wrong, over HTTP and through several nodes. */
final class UploadFaults {

  private static final String MODELS = "/_semantic_hash/models/";
  private static final int PARTS = 6;
  private static final int CLIENTS = 8;

  private final EncoderModel first;
  private final EncoderModel second;

  /** With two models over these words. */
  UploadFaults(List<String> words, int bits) {
    this.first = RandomModel.of(words, 8, bits);
    this.second = RandomModel.of(words, 12, bits);
  }

  /** Parts in a random order, some twice, through a node after the other. */
  void shuffledParts(Cluster cluster, int nodes) throws IOException {
    byte[] file = first.file();
    String whole = "?total_length=" + file.length + "&total_parts=" + PARTS;
    String complete = MODELS + "shuffled/_complete?sha256=" + first.digest();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 2 * PARTS; i++) {
      order.add(i % PARTS);
    }
    Collections.shuffle(order, new Random(1));
    int missing = order.removeLast();
    order.removeIf(part -> part == missing);
    for (int i = 0; i < order.size(); i++) {
      try (Http http = cluster.http(i % nodes)) {
        putPart(http, order.get(i), whole).ok();
      }
    }
    Http http = cluster.http();
    Reply lacking = http.post(complete);
    assertEquals(400, lacking.status(), lacking.body().toString());
    assertTrue(lacking.reason().contains("lacks parts [" + missing + "]"), lacking.reason());
    Reply other = putPart(http, missing, "?total_length=1&total_parts=" + PARTS);
    assertEquals(400, other.status(), other.body().toString());
    putPart(http, missing, whole).ok();
    assertEquals("created", http.post(complete).ok().body().path("result").asText());
    for (int node = 0; node < nodes; node++) {
      try (Http one = cluster.http(node)) {
        checkServed(one, "shuffled", first);
      }
    }
  }

  private Reply putPart(Http http, int part, String whole) throws IOException {
    byte[] file = first.file();
    int size = Math.ceilDiv(file.length, PARTS);
    byte[] data = Arrays.copyOfRange(file, part * size, Math.min(file.length, (part + 1) * size));
    String path = MODELS + "shuffled/definition/" + part + whole + "&sha256=" + first.digest();
    return http.putBytes(path, data);
  }

  /** Many clients put one of two models under one name: one wins, nothing is mixed. */
  void atTheSameTime(Http http) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Reply>> puts = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        byte[] file = (i % 2 == 0 ? first : second).file();
        puts.add(() -> http.putBytes(MODELS + "contested", file));
      }
      int created = 0;
      for (Future<Reply> put : clients.invokeAll(puts)) {
        Reply reply = put.get();
        String result = reply.body().path("result").asText();
        created += result.equals("created") ? 1 : 0;
        boolean same = reply.status() == 200 && result.equals("unchanged");
        assertTrue(
            same || result.equals("created") || reply.status() == 409, reply.body().toString());
      }
      assertEquals(1, created, "winners");
    } finally {
      clients.shutdownNow();
    }
    String path = MODELS + "contested";
    String digest = http.get(path).ok().body().path("models").path(0).path("digest").asText();
    assertTrue(List.of(first.digest(), second.digest()).contains(digest), digest);
    checkServed(http, "contested", digest.equals(first.digest()) ? first : second);
  }

  /** Asks for codes, which must be the model's. */
  void checkServed(Http http, String id, EncoderModel model) throws IOException {
    try (TextHasher hasher = TextHasher.open(model)) {
      for (String text : List.of("", "word1 word2", "word7 nothing word1999")) {
        Map<String, Object> body = Map.of("docs", List.of(Map.of("text", text)));
        Reply reply = http.post(MODELS + id + "/_hash", body).ok();
        assertEquals(
            hasher.hash(text).code().toHex(),
            reply.body().path("docs").path(0).path("code").asText());
      }
    }
  }
}
