// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.benchmarks.search.Scale;
import org.semantichash.it.http.Http;
import org.semantichash.it.oracle.CodeSet;

/** How soon a long search ends that has a timeout, or is cancelled. */
public final class CancelPhase {

  public static final String NAME = "cancel";

  private static final int CLAUSES = 200; // a search that would take seconds
  private static final String PATH = "/" + PeerIndex.SEMANTIC_HASH.indexName() + "/_search";
  private static final int TIMEOUT_MILLIS = 20;
  private static final int TRIES = 5;

  /**
   * The end of a search.
   *
   * @param millis from the timeout or the cancellation to the answer
   * @param stopped false when the search completed
   */
  private record SearchEnd(double millis, boolean stopped) {}

  private final Scale scale;
  private final SearchNode node;

  public CancelPhase(Scale scale, SearchNode node) {
    this.scale = scale;
    this.node = node;
  }

  public BenchmarkStep step() {
    String definition =
        CLAUSES + " clauses over " + scale.httpDocuments() + " clustered codes of 128 bits";
    return new BenchmarkStep(
        NAME, definition, 20 + scale.httpDocuments() / 1e6 * 40, this::measure);
  }

  private List<Map<String, Object>> measure() throws IOException {
    CodeSet codes = node.codes(CodeSet.Kind.CLUSTERED);
    node.index(PeerIndex.SEMANTIC_HASH);
    List<Object> clauses = new ArrayList<>();
    for (long[] query : codes.queries(CLAUSES)) {
      clauses.add(PeerSearches.hamming(CodeSet.code(query).toHex()).get("query"));
    }
    Map<String, Object> search = new LinkedHashMap<>();
    search.put("query", Map.of("bool", Map.of("should", clauses)));
    search.put("track_total_hits", true);
    search.put("size", PeerSearches.K);
    search.put("_source", false);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i <= TRIES; i++) {
      List<Map<String, Object>> round =
          List.of(
              row(codes, "not stopped", whole(search)),
              row(codes, "after the timeout of " + TIMEOUT_MILLIS + " ms", timeout(search)),
              row(codes, "after the task was cancelled", cancel(search)));
      rows.addAll(i == 0 ? List.of() : round); // the first is the warm-up
    }
    return rows;
  }

  private static Map<String, Object> row(CodeSet codes, String what, SearchEnd end) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("contestant", "semantic-hash");
    row.put("case", what);
    row.put("documents", codes.size());
    row.put("bits", codes.bits());
    row.put("codes", codes.kind().toString());
    row.put("clauses", CLAUSES);
    row.put("ended_after_ms", end.millis());
    row.put("stopped", end.stopped());
    return row;
  }

  /** From the start to the answer. */
  private SearchEnd whole(Map<String, Object> search) throws IOException {
    long start = System.nanoTime();
    node.http().post(PATH, search).ok();
    return new SearchEnd((System.nanoTime() - start) / 1e6, false);
  }

  /** From the timeout to the answer. */
  private SearchEnd timeout(Map<String, Object> search) throws IOException {
    Map<String, Object> limited = new LinkedHashMap<>(search);
    limited.put("timeout", TIMEOUT_MILLIS + "ms");
    long start = System.nanoTime();
    JsonNode body = node.http().post(PATH, limited).ok().body();
    double millis = (System.nanoTime() - start) / 1e6 - TIMEOUT_MILLIS;
    return new SearchEnd(millis, body.path("timed_out").asBoolean());
  }

  /** From the wish to cancel to the answer of the search. */
  private SearchEnd cancel(Map<String, Object> search) throws IOException {
    Http http = node.http();
    CompletableFuture<SearchEnd> end =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                int status = http.post(PATH, search).status();
                return new SearchEnd(System.nanoTime() / 1e6, status >= 400);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    String task = "";
    while (task.isEmpty() && end.isDone() == false) {
      JsonNode tasks = http.get("/_tasks?actions=indices:data/read/search&group_by=none").body();
      JsonNode first = tasks.path("tasks").path(0);
      task = first.has("id") ? first.path("node").asText() + ":" + first.path("id").asLong() : "";
    }
    double start = System.nanoTime() / 1e6;
    if (task.isEmpty() == false) {
      http.post("/_tasks/" + task + "/_cancel").ok();
    }
    return new SearchEnd(end.join().millis() - start, end.join().stopped());
  }
}
