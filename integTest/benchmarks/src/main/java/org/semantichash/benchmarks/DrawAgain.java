// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.semantichash.benchmarks.duplicates.NearDuplicatesBenchmark;
import org.semantichash.benchmarks.harness.Benchmark;
import org.semantichash.benchmarks.models.ModelsBenchmark;
import org.semantichash.benchmarks.safety.SafetyTable;
import org.semantichash.benchmarks.search.SearchBenchmark;
import org.semantichash.benchmarks.tutorial.TenMinutes;

/** Draws the pages and pictures of the recorded results again; measures nothing. */
public final class DrawAgain {

  private static final List<Benchmark> ALL =
      List.of(
          SearchBenchmark.BENCHMARK, NearDuplicatesBenchmark.BENCHMARK, ModelsBenchmark.BENCHMARK);

  private DrawAgain() {}

  /** Argument: the folder with the recorded results, where pages and pictures go. */
  public static void main(String[] args) throws IOException {
    Path results = Path.of(args[0]);
    for (Benchmark benchmark : ALL) {
      benchmark.draw(results);
    }
    SafetyTable.draw(results);
    TenMinutes.draw(results);
    System.out.println("drawn in " + results);
  }
}
