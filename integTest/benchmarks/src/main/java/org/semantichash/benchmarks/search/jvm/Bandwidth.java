// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.jvm;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.semantichash.benchmarks.harness.Contestant.Answer;
import org.semantichash.search.columns.WordColumns;

/**
 * Adds up all words of the columns: what reading them costs when nothing else is done.
 *
 * @param columns what is read
 * @param threads each reads its part of every column
 */
record Bandwidth(WordColumns columns, int threads) {

  /** Reads all once. */
  Answer read() {
    long start = System.nanoTime();
    long sum;
    if (threads == 1) {
      sum = sum(0);
    } else {
      sum =
          IntStream.range(0, threads)
              .mapToObj(part -> CompletableFuture.supplyAsync(() -> sum(part)))
              .toList()
              .stream()
              .mapToLong(CompletableFuture::join)
              .sum();
    }
    long nanos = System.nanoTime() - start;
    // The sum is used, so that it cannot be left out.
    return new Answer(sum == Long.MIN_VALUE ? nanos + 1 : nanos, null);
  }

  private long sum(int part) {
    int from = (int) ((long) columns.size() * part / threads);
    int to = (int) ((long) columns.size() * (part + 1) / threads);
    long sum = 0;
    for (long[] column : columns.words()) {
      sum += sum(column, from, to);
    }
    return sum;
  }

  private static long sum(long[] column, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += column[i];
    }
    return sum;
  }
}
