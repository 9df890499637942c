// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that were measured, in a file that is complete after every step.
 *
 * <p>Rows of other steps that the file holds stay when they come from the same commit, machine and
 * seed; else the file is renamed and a new one is begun.
 */
final class RowsRecorder {

  private static final List<String> ORIGIN = List.of("commit", "machine", "java", "seed");

  private final Path file;
  private final Map<String, Object> header;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  /**
   * Reads what was recorded before.
   *
   * @param file the JSON file, which need not exist
   * @param header where the rows come from: commit, machine, seed and so on
   */
  RowsRecorder(Path file, Map<String, Object> header) throws IOException {
    this.file = file;
    this.header = header;
    if (Files.exists(file)) {
      read();
    }
  }

  private void read() throws IOException {
    RowsFile old = RowsFile.read(file);
    for (String key : ORIGIN) {
      if (String.valueOf(old.header().get(key)).equals(String.valueOf(header.get(key))) == false) {
        Path aside = file.resolveSibling(file.getFileName() + ".old");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        System.out.println("rows of another " + key + " put aside: " + aside);
        return;
      }
    }
    rows.addAll(old.rows());
  }

  /** Forgets the rows of a phase. */
  void forget(String phase) {
    rows.removeIf(row -> phase.equals(row.get("phase")));
  }

  /** Whether a step was recorded. */
  boolean has(BenchmarkStep step) {
    return rows.stream()
        .anyMatch(
            row ->
                step.phase().equals(row.get("phase")) && step.definition().equals(row.get("step")));
  }

  /** Adds the rows of a step and writes the file. */
  void add(BenchmarkStep step, List<Map<String, Object>> measured) throws IOException {
    for (Map<String, Object> values : measured) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("phase", step.phase());
      row.put("step", step.definition());
      row.putAll(values);
      rows.add(row);
    }
    recorded().write(file);
  }

  /** All that was measured, in its order. */
  RowsFile recorded() {
    return new RowsFile(header, List.copyOf(rows));
  }
}
