// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.io.IOException;
import java.util.Arrays;

/**
 * A way to answer queries, and the right answers.
 *
 * @param name in the results
 * @param exact whether a wrong answer is a failure
 * @param search answers a query, given by its number
 * @param truth what must be found; null when there is nothing to check
 */
public record Contestant(String name, boolean exact, Search search, Truth truth) {

  /**
   * What was found and how long it took.
   *
   * @param nanos the time
   * @param distances of the hits, in their order, in bits; null when nothing is searched
   */
  @SuppressWarnings("ArrayRecordComponent") // made for each query, never compared
  public record Answer(long nanos, int[] distances) {}

  /** Answers queries. */
  public interface Search {
    /** Answers one. */
    Answer answer(int query) throws IOException;
  }

  /** Sends requests. */
  public interface Request {
    /** Sends one. */
    void send(int query) throws IOException;
  }

  /** Knows the right answers. */
  public interface Truth {
    /** The distances that must be found, ascending. */
    int[] nearest(int query);
  }

  /** One whose every answer must be right. */
  public static Contestant exact(String name, Search search, Truth truth) {
    return new Contestant(name, true, search, truth);
  }

  /** One that may miss some. */
  public static Contestant approximate(String name, Search search, Truth truth) {
    return new Contestant(name, false, search, truth);
  }

  /** A request whose answer another test checks. */
  public static Contestant unchecked(String name, Request request) {
    return floor(
        name,
        query -> {
          long start = System.nanoTime();
          request.send(query);
          return new Answer(System.nanoTime() - start, null);
        });
  }

  /** One that searches nothing, to compare times with. */
  public static Contestant floor(String name, Search search) {
    return new Contestant(name, false, search, null);
  }

  /**
   * The share of what must be found that was found; by distance, since any of equally distant ones
   * will do.
   *
   * @throws IllegalStateException when an exact contestant is wrong
   */
  double recall(int query, int[] found) {
    int[] expected = truth.nearest(query);
    if (exact && Arrays.equals(expected, found) == false) {
      throw new IllegalStateException(
          "the distances that ["
              + name
              + "] finds for query ["
              + query
              + "] must be "
              + Arrays.toString(expected)
              + ", got "
              + Arrays.toString(found));
    }
    if (expected.length == 0) {
      return 1;
    }
    int right = 0;
    for (int distance : found) {
      right += distance <= expected[expected.length - 1] ? 1 : 0;
    }
    return Math.min(1.0, (double) right / expected.length);
  }
}
