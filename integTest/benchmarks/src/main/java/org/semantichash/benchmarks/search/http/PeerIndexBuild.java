// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.semantichash.it.http.Http;
import org.semantichash.it.oracle.CodeSet;

/**
 * An index with all codes in one segment of each shard, and what that cost.
 *
 * @param index which
 * @param bulkSeconds two clients, bulk requests of 5000 documents, and the refresh
 * @param mergeSeconds the merge to one segment
 * @param bytes of the index on disk
 * @param codeBytes of those, the bytes of the field that holds the codes; 0 if unknown
 */
record PeerIndexBuild(
    PeerIndex index, double bulkSeconds, double mergeSeconds, long bytes, long codeBytes) {

  private static final int CLIENTS = 2;
  private static final int BULK_DOCUMENTS = 5000;
  private static final long POLL_MILLIS = 250;

  /** Makes and fills an index; one segment a shard. */
  static PeerIndexBuild run(Http http, PeerIndex index, CodeSet codes, int documents)
      throws IOException {
    return run(http, index, codes, documents, 1);
  }

  /**
   * Makes and fills an index.
   *
   * @param segments of each shard, at most
   */
  static PeerIndexBuild run(Http http, PeerIndex index, CodeSet codes, int documents, int segments)
      throws IOException {
    String path = "/" + index.indexName();
    http.put(path, index.definition(codes.bits())).ok();
    long start = System.nanoTime();
    bulks(http, index, codes, documents);
    http.post(path + "/_refresh").ok();
    double bulk = (System.nanoTime() - start) / 1e9;
    double merge = merge(http, index, segments);
    http.post(path + "/_flush").ok();
    JsonNode stats = http.get(path + "/_stats/store,segments,docs").ok().body().path("_all");
    JsonNode primaries = stats.path("primaries");
    require(documents, primaries.path("docs").path("count").asLong(), "documents");
    if (segments == 1) {
      require(index.shards(), primaries.path("segments").path("count").asLong(), "segments");
    }
    long bytes = primaries.path("store").path("size_in_bytes").asLong();
    return new PeerIndexBuild(index, bulk, merge, bytes, codeBytes(http, index));
  }

  /** 0 where the server does not tell. */
  private static long codeBytes(Http http, PeerIndex index) throws IOException {
    if (index.isOfOpenSearch()) {
      return 0;
    }
    return http.post("/" + index.indexName() + "/_disk_usage?run_expensive_tasks=true")
        .ok()
        .body()
        .path(index.indexName())
        .path("fields")
        .path(PeerIndex.FIELD)
        .path("total_in_bytes")
        .asLong();
  }

  private static void bulks(Http http, PeerIndex index, CodeSet codes, int documents)
      throws IOException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      AtomicInteger next = new AtomicInteger();
      List<Future<Void>> ends = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Callable<Void> bulks =
            () -> {
              for (int from = next.getAndAdd(BULK_DOCUMENTS);
                  from < documents;
                  from = next.getAndAdd(BULK_DOCUMENTS)) {
                bulk(http, index, codes, from, Math.min(documents, from + BULK_DOCUMENTS));
              }
              return null;
            };
        ends.add(clients.submit(bulks));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a bulk request failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while indexing", e);
    } finally {
      clients.shutdownNow();
    }
  }

  /** Writes a range of the codes, each under its ordinal. */
  static void bulk(Http http, PeerIndex index, CodeSet codes, int from, int to) throws IOException {
    String path = "/" + index.indexName();
    StringBuilder lines = new StringBuilder();
    for (int ordinal = from; ordinal < to; ordinal++) {
      lines.append("{\"index\":{\"_id\":\"").append(ordinal).append("\"}}\n{\"");
      lines.append(PeerIndex.FIELD).append("\":");
      lines.append(Http.JSON.writeValueAsString(index.value(codes.words(ordinal))));
      if (index == PeerIndex.SHARES_TOO) {
        lines.append(",\"").append(PeerIndex.SHARES).append("\":");
        lines.append(Http.JSON.writeValueAsString(LargePhase.shares(ordinal)));
      }
      lines.append("}\n");
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.US_ASCII);
    JsonNode reply = http.bulk(path + "/_bulk?filter_path=errors", body).ok().body();
    if (reply.path("errors").asBoolean(true)) {
      throw new IllegalStateException("documents of [" + path + "] failed");
    }
  }

  /** Merges the segments of each shard and shows the new ones; gives the seconds. */
  static double merge(Http http, PeerIndex index, int segments) throws IOException {
    String path = "/" + index.indexName();
    long start = System.nanoTime();
    awaitMerge(http, path, segments);
    http.post(path + "/_refresh").ok();
    return (System.nanoTime() - start) / 1e9;
  }

  /** As a task of the node: a graph takes longer than a request may. */
  private static void awaitMerge(Http http, String path, int segments) throws IOException {
    String task =
        http.post(path + "/_forcemerge?max_num_segments=" + segments + "&wait_for_completion=false")
            .ok()
            .body()
            .path("task")
            .asText();
    JsonNode state = http.get("/_tasks/" + task).ok().body();
    while (state.path("completed").asBoolean() == false) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while merging", e);
      }
      state = http.get("/_tasks/" + task).ok().body();
    }
    if (state.has("error")) {
      throw new IllegalStateException("the merge of [" + path + "] failed: " + state.get("error"));
    }
  }

  private static void require(long expected, long actual, String what) {
    if (expected != actual) {
      throw new IllegalStateException(what + " must be [" + expected + "], got [" + actual + "]");
    }
  }

  /** The columns of a row. */
  Map<String, Object> values(int documents) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("index_seconds", bulkSeconds + mergeSeconds);
    values.put("bulk_seconds", bulkSeconds);
    values.put("merge_seconds", mergeSeconds);
    values.put("bytes_per_document", bytes / (double) documents);
    if (codeBytes > 0) {
      values.put("code_bytes_per_document", codeBytes / (double) documents);
    }
    return values;
  }
}
