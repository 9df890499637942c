// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.semantichash.trainer.cluster.Body;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Rest;

/**
 * Goes through documents as they are at one moment, in slices that are read at the same time; of
 * each slice the next batch is read while the last one is worked on.
 *
 * @param rest the cluster
 * @param slices how many slices
 * @param batch documents of one request
 * @param throttle lets batches through
 * @param keepAlive how long the point in time is kept between two requests, in seconds
 * @param stop whether to end after the running batches
 */
record Walk(
    Rest rest, int slices, int batch, Throttle throttle, long keepAlive, BooleanSupplier stop) {

  /** A walk as planned. */
  static Walk of(Rest rest, HashingPlan plan, BooleanSupplier stop) {
    double pause = plan.rate() > 0 ? plan.slices() * plan.batch() / plan.rate() : 0;
    return new Walk(
        rest,
        plan.slices(),
        plan.batch(),
        new Throttle(plan.rate(), stop),
        600 + (long) (2 * pause),
        stop);
  }

  /**
   * Goes through the documents that match.
   *
   * @param query which documents
   * @param source which fields, as [_source] of a search has it
   * @param batches gets them, from several threads
   * @throws LostPointInTimeException when the cluster has forgotten the point in time; documents
   *     may have been given out by then
   */
  void through(
      String index, JsonNode query, JsonNode source, Consumer<List<SourceDocument>> batches) {
    String pit =
        rest.ask("POST", index + "/_pit?keep_alive=" + keepAlive + "s").path("id").asText();
    try {
      inParallel(pit, query, source, batches);
    } finally {
      forget(pit);
    }
  }

  private void inParallel(
      String pit, JsonNode query, JsonNode source, Consumer<List<SourceDocument>> batches) {
    AtomicBoolean failed = new AtomicBoolean();
    try (ExecutorService readers = Executors.newFixedThreadPool(slices);
        ExecutorService threads = Executors.newFixedThreadPool(slices)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < slices; i++) {
        Pages pages = new Pages(rest, request(pit, query, source, i), readers);
        running.add(
            threads.submit(
                () -> {
                  try {
                    slice(pages, batches, failed);
                  } catch (RuntimeException e) {
                    failed.set(true);
                    throw e;
                  }
                }));
      }
      running.forEach(Finished::of);
    }
  }

  private ObjectNode request(String pit, JsonNode query, JsonNode source, int slice) {
    ObjectNode request =
        Body.of(
            Map.of(
                "size",
                batch,
                "version",
                true,
                "track_total_hits",
                false,
                "seq_no_primary_term",
                true,
                "sort",
                List.of("_shard_doc"),
                "pit",
                Map.of("id", pit, "keep_alive", keepAlive + "s")));
    request.set("query", query);
    request.set("_source", source);
    if (slices > 1) {
      request.putObject("slice").put("id", slice).put("max", slices);
    }
    return request;
  }

  private void slice(Pages pages, Consumer<List<SourceDocument>> batches, AtomicBoolean failed) {
    while (failed.get() == false && stop.getAsBoolean() == false) {
      List<SourceDocument> documents = pages.next();
      if (documents.isEmpty() || waits(documents.size()) == false) {
        return;
      }
      batches.accept(documents);
    }
  }

  private boolean waits(int documents) {
    try {
      throttle.await(documents);
      return stop.getAsBoolean() == false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** It ends by itself after a while, so nothing depends on this. */
  private void forget(String pit) {
    try {
      rest.ask("DELETE", "_pit", Body.of(Map.of("id", pit)));
    } catch (ClusterException e) {
      assert e.getMessage() != null;
    }
  }
}
