// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.semantichash.it.http.Http;
import org.semantichash.trainer.cluster.Credentials;
import org.semantichash.trainer.cluster.HttpCluster;
import org.semantichash.trainer.cluster.Rest;

/**
 * A client that reads documents as they are at one moment and indexes them elsewhere, unchanged:
 * what any client has to do that adds something to documents, and nothing else.
 *
 * @param address of the node
 * @param slices that are read at a time
 * @param batch documents of a page and of a bulk request
 */
record PlainReindex(String address, int slices, int batch) {

  private static final String KEEP_ALIVE = "600s";

  /** Copies all documents into an existing index, and refreshes it. */
  void run(String from, String into) {
    try (HttpCluster cluster =
        new HttpCluster(URI.create(address), Credentials.NONE, Optional.empty())) {
      String pit =
          cluster.ask("POST", from + "/_pit?keep_alive=" + KEEP_ALIVE, null).path("id").asText();
      try (ExecutorService threads = Executors.newFixedThreadPool(slices)) {
        List<Future<?>> running = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
          ObjectNode request = request(pit, slice);
          running.add(threads.submit(() -> copy(cluster, request, into)));
        }
        running.forEach(PlainReindex::join);
      }
      cluster.ask("DELETE", "_pit", Http.JSON.valueToTree(Map.of("id", pit)));
      cluster.ask("POST", into + "/_refresh", null);
    }
  }

  private ObjectNode request(String pit, int slice) {
    return Http.JSON.valueToTree(
        Map.of(
            "size", batch,
            "track_total_hits", false,
            "_source", Map.of("exclude_vectors", false),
            "sort", List.of("_shard_doc"),
            "slice", Map.of("id", slice, "max", slices),
            "pit", Map.of("id", pit, "keep_alive", KEEP_ALIVE)));
  }

  private static void copy(Rest rest, ObjectNode request, String into) {
    while (true) {
      JsonNode hits = rest.ask("POST", "_search", request).path("hits").path("hits");
      if (hits.isEmpty()) {
        return;
      }
      StringBuilder lines = new StringBuilder();
      for (JsonNode hit : hits) {
        Map<String, JsonNode> action = Map.of("_id", hit.path("_id"));
        lines.append(Http.JSON.<JsonNode>valueToTree(Map.of("index", action))).append('\n');
        lines.append(hit.path("_source")).append('\n');
        request.set("search_after", hit.path("sort"));
      }
      if (rest.bulk(into + "/_bulk", lines.toString()).path("errors").asBoolean(true)) {
        throw new IllegalStateException("documents of [" + into + "] failed");
      }
    }
  }

  private static void join(Future<?> slice) {
    try {
      slice.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a slice failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while indexing", e);
    }
  }
}
