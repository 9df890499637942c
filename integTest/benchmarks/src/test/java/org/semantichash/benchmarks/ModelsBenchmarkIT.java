// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.models.ModelsBenchmark;
import org.semantichash.it.node.Cluster;
import org.semantichash.it.node.Distribution;

/** The benchmark, too small to measure anything: it runs, and every code is right. */
class ModelsBenchmarkIT {

  @TempDir private Path results;

  private Options options(String phases) {
    Map<String, String> sizes =
        Map.of(
            "models.node-heap",
            "512m",
            "megabytes",
            "2",
            "clients",
            "2",
            "bulks",
            "1",
            "rounds",
            "1",
            "cycles",
            "10",
            "minutes",
            "0.05");
    return SmallRun.options(phases, results, sizes);
  }

  @Test
  void everyPhaseIsRecorded() throws IOException {
    Distribution distribution = Distribution.ofBuild().quickStart();
    List<Map<String, Object>> rows;
    try (Cluster running = Cluster.start("models-benchmark-test", 1, distribution)) {
      rows =
          ModelsBenchmark.run(
              options(String.join(",", ModelsBenchmark.PHASES)), distribution, running);
    }
    assertEquals(
        List.of("upload", "upload", "bulk", "bulk", "bulk", "bulk", "memory", "memory"),
        rows.stream().map(row -> row.get("phase")).toList());
    assertEquals(
        List.of("no-pipeline", "empty-pipeline", "hashing", "codes-in-documents"),
        rows.subList(2, 6).stream().map(row -> row.get("contestant")).toList());
    assertTrue((double) rows.get(4).get("bulk_time_ratio") > 0, rows.toString());
    assertTrue((double) rows.get(6).get("rss_mb_end") > 100, rows.toString());
    assertTrue(Files.readString(results.resolve("models.md")).contains("bulk time ratio"));
  }

  @Test
  void anUnknownPhaseIsRefused() {
    SmallRun.assertRefusesNothing(
        ModelsBenchmark.PHASES, () -> options("nothing").phases(ModelsBenchmark.PHASES));
  }
}
