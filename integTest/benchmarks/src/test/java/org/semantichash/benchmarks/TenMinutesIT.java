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
import org.semantichash.benchmarks.harness.RowsFile;
import org.semantichash.benchmarks.tutorial.TenMinutes;
import org.semantichash.it.node.Distribution;

/** The tutorial with few texts: every step takes its time, and the last row is their sum. */
class TenMinutesIT {

  @TempDir private Path results;

  @Test
  void everyStepIsRecorded() throws IOException {
    Options options = SmallRun.options("all", results, Map.of("documents", "500"));
    List<Map<String, Object>> rows = TenMinutes.run(options, Distribution.ofBuild().quickStart());
    assertEquals(
        List.of(
            "start of the node",
            "load texts",
            "setup: rights",
            "setup: train",
            "setup: upload",
            "setup: mapping",
            "setup: pipeline",
            "setup: hash",
            "setup: check",
            "setup: radius",
            "first query, by text",
            "first query, by document",
            "near-duplicates of the index, with report",
            "total"),
        rows.stream().map(row -> row.get("step")).toList());
    double sum = 0;
    for (Map<String, Object> row : rows.subList(0, rows.size() - 1)) {
      assertTrue((double) row.get("seconds") >= 0, row.toString());
      sum += (double) row.get("seconds");
    }
    assertEquals(sum, (double) rows.getLast().get("seconds"), 1e-6);
    assertEquals(rows, RowsFile.read(results.resolve("ten-minutes.json")).rows());
    assertTrue(Files.readString(results.resolve("ten-minutes.md")).contains("| setup: train | "));
  }
}
