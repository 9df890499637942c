// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.benchmarks.harness.RowsFile;

/** Counts of tests and runs of the suite become rows; rows of other checks stay. */
class SafetyTableTest {

  private static final String RUNS =
      """
      commit\tstart\tseconds\trc\ttests\tfailures\tload
      aaa\t2026-11-26T09:00:00Z\t600\t0\t1000\t0\t2.1
      aaa\t2026-11-26T10:00:00Z\t900\t1\t990\t2\t9.0
      bbb\t2026-11-26T11:00:00Z\t700\t0\t1001\t0\t3.0
      """;

  @TempDir private Path folder;

  @Test
  void runsOfTheSuiteBecomeOneRow() throws IOException {
    Map<String, Object> row = SuiteRuns.read(file("runs.tsv", RUNS)).row();
    assertEquals(
        "{check=runs of the whole suite that failed, tried=3, failures=1, commits=2,"
            + " tests_run=2991, tests_failed=2, seconds_median=700.0}",
        row.toString());
  }

  @Test
  void aLineWithTooFewColumnsIsRefused() throws IOException {
    Path file = file("runs.tsv", "aaa 600 0\n");
    assertEquals(
        "a line of the record must have [7] columns with tabs between them, got [aaa 600 0]",
        assertThrows(IllegalArgumentException.class, () -> SuiteRuns.read(file)).getMessage());
  }

  @Test
  void rowsOfOtherChecksStayWithTheirCommit() throws IOException {
    Map<String, Object> kept = Map.of("check", "kept", "tried", 5, "failures", 0);
    Map<String, Object> old = Map.of("check", "tried again", "tried", 7, "failures", 1);
    new RowsFile(Map.of("commit", "before"), List.of(kept, old))
        .write(folder.resolve("safety.json"));
    Path counts = Files.createDirectory(folder.resolve("counts"));
    Files.writeString(
        counts.resolve("row.json"), "{\"check\": \"tried again\", \"tried\": 8, \"failures\": 0}");
    SafetyTable.main(
        new String[] {
          counts.toString(), "../..", folder.toString(), file("runs.tsv", RUNS).toString()
        });
    List<Map<String, Object>> rows = RowsFile.read(folder.resolve("safety.json")).rows();
    assertEquals(
        List.of("kept", "tried again", "runs of the whole suite that failed"),
        rows.stream().map(row -> row.get("check")).toList());
    assertEquals("before", rows.get(0).get("commit"));
    assertEquals(8, rows.get(1).get("tried"));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
