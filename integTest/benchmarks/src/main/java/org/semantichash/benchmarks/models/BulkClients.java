// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that send bulk requests at the same time.
 *
 * @param clients how many
 * @param bodies of the requests, used in turn
 */
record BulkClients(int clients, List<byte[]> bodies) {

  /** The seconds in which all of them together send so many requests. */
  double seconds(TextIndex index, int requests) throws IOException {
    AtomicInteger next = new AtomicInteger();
    Callable<Void> client =
        () -> {
          for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
            index.bulk(bodies.get(i % bodies.size()));
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    long start = System.nanoTime();
    try {
      List<Future<Void>> ends = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        ends.add(threads.submit(client));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
      return (System.nanoTime() - start) / 1e9;
    } catch (ExecutionException e) {
      throw new IOException("a client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in a bulk request", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
