// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.semantichash.hash.BinaryCode;
import org.semantichash.it.http.Deadline;
import org.semantichash.it.http.Hamming;
import org.semantichash.it.http.Reply;
import org.semantichash.it.oracle.HitCheck;
import org.semantichash.it.oracle.Hits;

/** Searches that are ended early. */
abstract class CancelScenario {

  private static final long WAIT_SECONDS = 120;

  private static final int CLAUSES = 1000;
  private static final int TRIES = 20;
  private static final String SEARCHES = "/_tasks?actions=indices:data/read/search*&group_by=none";

  abstract Fixture fixture();

  /** Takes seconds: every document matches every clause. */
  private Map<String, Object> longSearch(String field) {
    List<Object> clauses =
        fixture().documents().queries(CLAUSES).stream()
            .map(query -> (Object) Hamming.code(query.toHex()).with("field", field).query())
            .toList();
    Map<String, Object> body = Hamming.search(Map.of("bool", Map.of("should", clauses)), 10);
    body.put("_source", false);
    return body;
  }

  @Test
  void aCancelledSearchEndsAndLeavesNothing() throws IOException {
    for (CodeIndex index : fixture().indices()) {
      assertTrue(isCancelled(index), index.name());
      FielddataBreaker.await("end of the searches", () -> tasks().isEmpty());
      JsonNode nodes = fixture().http().get("/_nodes/stats/indices/search").ok().body();
      JsonNode search = nodes.path("nodes").elements().next().path("indices").path("search");
      assertEquals(0, search.path("open_contexts").asInt(-1));
      BinaryCode query = fixture().documents().queries(1).get(0);
      Hits hits = index.search(Hamming.code(query.toHex()), 10);
      HitCheck.check(hits, fixture().documents().table(), query, Documents.BITS, 10);
    }
  }

  private JsonNode tasks() throws IOException {
    return fixture().http().get(SEARCHES).ok().body().path("tasks");
  }

  /** A search may be done before it is cancelled; then the next is tried. */
  private boolean isCancelled(CodeIndex index) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Reply reply = cancelled(index);
      if (reply.status() != 200) {
        assertEquals(400, reply.status(), reply.body().toString());
        assertTrue(reply.body().toString().contains("task_cancelled"), reply.body().toString());
        return true;
      }
    }
    return false;
  }

  private Reply cancelled(CodeIndex index) throws IOException {
    Map<String, Object> body = longSearch("code");
    String path = "/" + index.name() + "/_search";
    CompletableFuture<Reply> reply =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return fixture().http().post(path, body);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Deadline deadline = new Deadline("end of a search", WAIT_SECONDS);
    while (reply.isDone() == false) {
      deadline.check();
      for (JsonNode task : tasks()) {
        if (task.path("action").asText().equals("indices:data/read/search")) {
          String id = task.path("node").asText() + ":" + task.path("id").asLong();
          fixture().http().post("/_tasks/" + id + "/_cancel");
          return reply.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
        }
      }
    }
    return reply.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  @Test
  void aTimeoutIsNoError() throws IOException {
    for (CodeIndex index : fixture().indices()) {
      for (String field : List.of("code", "bytes")) {
        Map<String, Object> all = longSearch(field);
        all.put("timeout", "1ms");
        JsonNode body = index.ask(all).body();
        assertEquals(0, body.path("_shards").path("failed").asInt(-1), body.toString());
        BinaryCode query = fixture().documents().queries(1).get(0);
        Hamming nearest = Hamming.code(query.toHex()).with("field", field).with("k", 10);
        Map<String, Object> few = nearest.search(10);
        few.put("timeout", "1ms");
        JsonNode limited = index.ask(few).body();
        assertEquals(0, limited.path("_shards").path("failed").asInt(-1), limited.toString());
        Hits hits = index.search(nearest, 10);
        Hits first = new Hits(fixture().documents().table().codes().size(), true, hits.hits());
        HitCheck.check(first, fixture().documents().table(), query, Documents.BITS, 10);
      }
    }
  }
}
