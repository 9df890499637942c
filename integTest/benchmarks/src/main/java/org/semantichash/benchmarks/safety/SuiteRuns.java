// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.safety;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.Times;

/**
 * Runs of the whole suite, from a file of tab-separated lines: commit, start, seconds, exit status
 * of Maven, tests, tests that failed, load of the machine. A first line that begins with [commit]
 * names the columns.
 *
 * @param runs in the order of the file
 */
record SuiteRuns(List<Run> runs) {

  private static final int COLUMNS = 7;

  /**
   * One of them.
   *
   * @param status of Maven, 0 when everything held
   */
  record Run(String commit, double seconds, int status, long tests, long failedTests) {

    static Run of(String line) {
      String[] columns = line.split("\t", -1);
      if (columns.length < COLUMNS - 1) {
        throw new IllegalArgumentException(
            "a line of the record must have ["
                + COLUMNS
                + "] columns with tabs between them, got ["
                + line
                + "]");
      }
      return new Run(
          columns[0],
          Double.parseDouble(columns[2]),
          Integer.parseInt(columns[3]),
          Long.parseLong(columns[4]),
          Long.parseLong(columns[5]));
    }
  }

  static SuiteRuns read(Path file) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() == false && line.startsWith("commit") == false) {
        runs.add(Run.of(line));
      }
    }
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("[" + file + "] must have at least one run");
    }
    return new SuiteRuns(runs);
  }

  /** The row of the table. */
  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("check", "runs of the whole suite that failed");
    row.put("tried", runs.size());
    row.put("failures", runs.stream().filter(run -> run.status() != 0).count());
    row.put("commits", runs.stream().map(Run::commit).distinct().count());
    row.put("tests_run", runs.stream().mapToLong(Run::tests).sum());
    row.put("tests_failed", runs.stream().mapToLong(Run::failedTests).sum());
    row.put("seconds_median", Times.median(runs.stream().mapToDouble(Run::seconds).toArray()));
    return row;
  }
}
