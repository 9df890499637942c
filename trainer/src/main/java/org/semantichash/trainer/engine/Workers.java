// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A few threads that share a loop. A loop is cut into ranges whose elements do not depend on each
 * other, so the result does not depend on the number of threads.
 */
final class Workers implements AutoCloseable {

  /** A part of a loop: from inclusive to exclusive. */
  interface Range {
    void run(int from, int to);
  }

  private final int threads;
  private final ExecutorService others;

  Workers(int threads) {
    this.threads = threads;
    this.others =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1, Thread.ofPlatform().daemon().name("trainer-", 0).factory());
  }

  /** Runs the loop from 0 to n in as many ranges as there are threads; the caller takes one. */
  void split(int n, Recording.Range body) {
    int parts = Math.min(threads, n);
    if (parts <= 1) {
      body.run(0, n);
      return;
    }
    List<Future<?>> running = new ArrayList<>(parts - 1);
    for (int part = 1; part < parts; part++) {
      int from = start(n, parts, part);
      int to = start(n, parts, part + 1);
      running.add(others.submit(() -> body.run(from, to)));
    }
    body.run(0, start(n, parts, 1));
    running.forEach(Workers::await);
  }

  private static int start(int n, int parts, int part) {
    return (int) ((long) n * part / parts);
  }

  private static void await(Future<?> part) {
    boolean interrupted = false;
    while (true) {
      try {
        part.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the others still write into our arrays: wait for them
      } catch (ExecutionException e) {
        throw new IllegalStateException("a worker failed", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (others != null) {
      others.shutdown();
    }
  }
}
