// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.search.SearchBenchmark;
import org.semantichash.it.node.Distribution;

/** The benchmark, too small to measure anything: it runs, and every exact answer is right. */
class SearchBenchmarkIT {

  @TempDir private Path results;

  private Options options(String phases) {
    Map<String, String> sizes =
        Map.of(
            "search.documents",
            "5000",
            "search.rounds",
            "1",
            "search.http-rounds",
            "5",
            "search.node-heap",
            "512m",
            "search.uniform",
            "false");
    return SmallRun.options(phases, results, sizes);
  }

  private List<Map<String, Object>> run(String phases) throws IOException {
    return SearchBenchmark.run(options(phases), Distribution.ofBuild().quickStart());
  }

  private static Set<Object> contestants(List<Map<String, Object>> rows, String phase) {
    return rows.stream()
        .filter(row -> row.get("phase").equals(phase))
        .map(row -> row.get("contestant"))
        .collect(Collectors.toSet());
  }

  @Test
  void everyExactAnswerIsRightAndRecorded() throws IOException {
    List<Map<String, Object>> rows =
        run("http,concurrent,indexing,shards,large,small-node,jvm,radius,filters");
    assertTrue(
        contestants(rows, "http")
            .containsAll(
                Set.of(
                    "semantic-hash",
                    "elasticsearch-bit-flat",
                    "elasticsearch-bit-hnsw-100",
                    "elasticsearch-match-all")));
    assertTrue(
        contestants(rows, "jvm")
            .containsAll(Set.of("semantic-hash", "semantic-hash-doc-values", "memory-bandwidth")));
    assertTrue(contestants(rows, "large").contains("semantic-hash-filter-1%"));
    assertTrue(contestants(rows, "small-node").contains("semantic-hash-cold"));
    for (String phase : List.of("large", "small-node", "jvm", "radius", "filters")) {
      List<Object> recalls =
          rows.stream()
              .filter(row -> row.get("phase").equals(phase) && row.containsKey("recall"))
              .map(row -> row.get("recall"))
              .distinct()
              .toList();
      assertEquals(List.of(1.0), recalls, phase);
    }
    assertTrue(Files.readString(results.resolve("search.md")).contains("elasticsearch-bit-flat"));
  }

  @Test
  void whatIsRecordedIsKeptAndNotMeasuredAgain() throws IOException {
    List<Map<String, Object>> first = run("memory");
    List<Map<String, Object>> second = run("memory,radius");
    assertEquals(first.toString(), second.subList(0, first.size()).toString());
    assertTrue(second.size() > first.size());
  }

  @Test
  void anUnknownPhaseIsRefused() {
    SmallRun.assertRefusesNothing(
        SearchBenchmark.PHASES, () -> options("nothing").phases(SearchBenchmark.PHASES));
  }
}
