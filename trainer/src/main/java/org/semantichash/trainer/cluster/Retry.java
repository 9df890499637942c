// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Repeats what a cluster that is away or busy did not do, after growing pauses: each is twice the
 * one before, up to a longest. Only for requests that may be done twice.
 *
 * @param attempts how often something is tried
 * @param first the first pause, in milliseconds
 * @param longest the longest pause, in milliseconds
 * @param stop whether to stop immediately, even during a pause
 */
public record Retry(int attempts, long first, long longest, BooleanSupplier stop) {

  private static final long STEP = 100;

  /** About three minutes in all, in which a node can start again. */
  public static Retry usual(BooleanSupplier stop) {
    return new Retry(12, 500, 30_000, stop);
  }

  /** Some seconds in all. */
  public static Retry brief() {
    return new Retry(5, 500, 4000, () -> false);
  }

  /**
   * Sends a request until it is answered.
   *
   * @throws ClusterException when it is refused, or was tried often enough
   */
  public JsonNode call(Supplier<JsonNode> request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.get();
      } catch (ClusterException e) {
        if (e.isTransient() == false || pause(attempt) == false) {
          throw e;
        }
      }
    }
  }

  /** The same cluster, every request of which is repeated. */
  public Rest over(Rest rest) {
    return new Rest() {
      @Override
      public JsonNode ask(String method, String path, JsonNode body) {
        return call(() -> rest.ask(method, path, body));
      }

      @Override
      public JsonNode bulk(String path, String lines) {
        return call(() -> rest.bulk(path, lines));
      }

      @Override
      public JsonNode put(String path, byte[] bytes, int from, int to) {
        return call(() -> rest.put(path, bytes, from, to));
      }
    };
  }

  /**
   * Waits before the next attempt.
   *
   * @param attempt how many there were, from 1
   * @return false when there were enough attempts or it is to end
   */
  public boolean pause(int attempt) {
    assert attempt >= 1;
    if (attempt >= attempts) {
      return false;
    }
    long left = Math.min(longest, first << Math.min(attempt - 1, 20));
    while (left > 0 && stop.getAsBoolean() == false) {
      sleep(Math.min(left, STEP));
      left -= STEP;
    }
    return stop.getAsBoolean() == false;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted between two attempts", e);
    }
  }
}
