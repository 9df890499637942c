// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.semantichash.trainer.cluster.ClusterException;
import org.semantichash.trainer.cluster.Json;
import org.semantichash.trainer.cluster.Rest;

/**
 * Goes through documents as they are at one moment, in slices that are read at the same time. Of
 * each slice the next batch is read while the last one is worked on. The walk restarts when the
 * cluster has forgotten its point in time.
 */
public final class IndexWalk {

  private static final int MAX_RESTARTS = 5;

  private final Rest rest;
  private final Pace pace;
  private final Progress progress;
  private final BooleanSupplier stop;
  private final String keepAlive;

  /**
   * How fast documents are read.
   *
   * @param slices how many parts are read at the same time
   * @param batch documents of one request
   * @param rate documents per second; 0 for as many as the cluster does
   */
  public record Pace(int slices, int batch, double rate) {}

  /** Gets the progress of a walk. */
  public interface Progress {

    /** Shows nothing. */
    Progress NONE =
        new Progress() {
          @Override
          public void begins(String index, long documents) {}

          @Override
          public void done(long documents) {}
        };

    /** A walk through so many documents begins. */
    void begins(String index, long documents);

    /** So many documents of all walks are done; called by several threads. */
    void done(long documents);
  }

  /**
   * A walk.
   *
   * @param progress gets the number of documents
   * @param stop whether to end after the running batches
   */
  public IndexWalk(Rest rest, Pace pace, Progress progress, BooleanSupplier stop) {
    this.rest = rest;
    this.pace = pace;
    this.progress = progress;
    this.stop = stop;
    double pause = pace.rate() > 0 ? pace.slices() * pace.batch() / pace.rate() : 0;
    this.keepAlive = 600 + (long) (2 * pause) + "s"; // between two requests
  }

  /**
   * Goes through the documents that match; through some twice when the walk restarts.
   *
   * @param query which documents
   * @param source which fields, as [_source] of a search has it
   * @param before is done before each beginning
   * @param batches gets the documents, from several threads
   * @throws LostPointInTimeException when the point in time was lost again and again
   */
  public void through(
      String index,
      JsonNode query,
      JsonNode source,
      Runnable before,
      Consumer<List<SourceDocument>> batches) {
    for (int lost = 0; ; lost++) {
      before.run();
      progress.begins(index, HashPlan.count(rest, index, query));
      String pit = rest.ask("POST", index + "/_pit?keep_alive=" + keepAlive).path("id").asText();
      try {
        walk(pit, query, source, batches);
        return;
      } catch (LostPointInTimeException e) {
        if (lost == MAX_RESTARTS || stop.getAsBoolean()) {
          throw e;
        }
      } finally {
        forget(pit);
      }
    }
  }

  private void walk(
      String pit, JsonNode query, JsonNode source, Consumer<List<SourceDocument>> batches) {
    AtomicBoolean failed = new AtomicBoolean();
    Throttle throttle = new Throttle(pace.rate(), stop);
    try (ExecutorService readers = Executors.newFixedThreadPool(pace.slices());
        ExecutorService threads = Executors.newFixedThreadPool(pace.slices())) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < pace.slices(); i++) {
        Pages pages = new Pages(rest, request(pit, query, source, i), readers);
        running.add(threads.submit(() -> slice(pages, throttle, batches, failed)));
      }
      running.forEach(IndexWalk::join);
    }
  }

  private ObjectNode request(String pit, JsonNode query, JsonNode source, int slice) {
    ObjectNode request = Json.object().put("size", pace.batch());
    request.put("version", true).put("seq_no_primary_term", true).put("track_total_hits", false);
    request.putArray("sort").add("_shard_doc");
    request.putObject("pit").put("id", pit).put("keep_alive", keepAlive);
    request.set("query", query);
    request.set("_source", source);
    if (pace.slices() > 1) {
      request.putObject("slice").put("id", slice).put("max", pace.slices());
    }
    return request;
  }

  private void slice(
      Pages pages,
      Throttle throttle,
      Consumer<List<SourceDocument>> batches,
      AtomicBoolean failed) {
    try {
      while (failed.get() == false && stop.getAsBoolean() == false) {
        List<SourceDocument> documents = pages.next();
        if (documents.isEmpty() || throttle.await(documents.size()) == false) {
          return;
        }
        batches.accept(documents);
      }
    } catch (RuntimeException e) {
      failed.set(true);
      throw e;
    }
  }

  /** A point in time ends by itself after a while, so nothing depends on this. */
  private void forget(String pit) {
    try {
      rest.ask("DELETE", "_pit", Json.object(Map.of("id", pit)));
    } catch (ClusterException e) {
      assert e.getMessage() != null;
    }
  }

  /** What another thread gives, or the exception that it ended with. */
  private static <T> T join(Future<T> running) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
  }

  /**
   * The pages of a search in a point in time. While one is worked on, the next one is read, never
   * more. For one thread.
   */
  private static final class Pages {

    private final Rest rest;
    private final ObjectNode request; // is moved on from page to page
    private final ExecutorService readers;
    private Future<List<SourceDocument>> coming;

    Pages(Rest rest, ObjectNode request, ExecutorService readers) {
      this.rest = rest;
      this.request = request;
      this.readers = readers;
      this.coming = readers.submit(this::read);
    }

    /** The next page; empty at the end. */
    List<SourceDocument> next() {
      List<SourceDocument> page = join(coming);
      if (page.isEmpty() == false) {
        coming = readers.submit(this::read);
      }
      return page;
    }

    private List<SourceDocument> read() {
      List<SourceDocument> documents = new ArrayList<>();
      for (JsonNode hit : search().path("hits").path("hits")) {
        documents.add(SourceDocument.of(hit));
        request.set("search_after", hit.path("sort"));
      }
      return documents;
    }

    private JsonNode search() {
      try {
        return rest.ask("POST", "_search?allow_partial_search_results=false", request);
      } catch (ClusterException e) {
        if (e.status() == 404 || e.status() == 503) {
          throw new LostPointInTimeException(e);
        }
        throw e;
      }
    }
  }

  /** Lets so many documents per second through, all threads together; 0 for no limit. */
  private static final class Throttle {

    private static final long STEP_NANOS = 100_000_000;

    private final double rate;
    private final BooleanSupplier stop;
    private long next = System.nanoTime();

    Throttle(double rate, BooleanSupplier stop) {
      this.rate = rate;
      this.stop = stop;
    }

    /** Waits until it is the turn of these documents; false when the walk is to end. */
    boolean await(int documents) {
      long turn = rate > 0 ? turn(documents) : Long.MIN_VALUE;
      while (rate > 0 && turn - System.nanoTime() > 0 && stop.getAsBoolean() == false) {
        try {
          long left = Math.min(turn - System.nanoTime(), STEP_NANOS);
          Thread.sleep(Math.max(1, left / 1_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return stop.getAsBoolean() == false;
    }

    private synchronized long turn(int documents) {
      assert documents > 0 && rate > 0;
      long turn = Math.max(next, System.nanoTime());
      next = turn + (long) (documents / rate * 1e9);
      return turn;
    }
  }

  /** The cluster has forgotten a point in time, because a node went away or it was not used. */
  static final class LostPointInTimeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostPointInTimeException(ClusterException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
