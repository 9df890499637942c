// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.safety;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.semantichash.benchmarks.harness.Machine;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.harness.Page;
import org.semantichash.benchmarks.harness.RowsFile;

/**
 * What was tried to make the product lose or leak something, and how often it did. Tests count;
 * this puts their counts into one table. Rows of checks that were not tried this time stay, with
 * the commit at which they were.
 */
public final class SafetyTable {

  private static final String COMMAND = "mvn -Psafety verify";
  private static final String[] MEASURED = {
    "src", "plugin", "trainer/src", "integTest/src", "integTest/benchmarks/src"
  };
  private static final String CHECK = "check";
  private static final String COMMIT = "commit";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafetyTable() {}

  /**
   * Arguments: the folder of the counts, the folder of the checkout, the folder of results, and the
   * record of runs of the whole suite, see {@link SuiteRuns}; empty for none.
   */
  public static void main(String[] args) throws IOException {
    Path results = Path.of(args[2]);
    List<Map<String, Object>> rows = new ArrayList<>(counts(Path.of(args[0])));
    if (args.length > 3 && args[3].isBlank() == false) {
      rows.add(SuiteRuns.read(Path.of(args[3])).row());
    }
    Map<String, Object> header =
        Machine.describe(
            COMMAND, Path.of(args[1]).toAbsolutePath().normalize(), Options.SEED, MEASURED);
    Path file = results.resolve("safety.json");
    if (Files.exists(file)) {
      rows.addAll(0, kept(RowsFile.read(file), header, rows));
    }
    new RowsFile(header, rows).write(file);
    draw(results);
    System.out.println("written to " + results + ": safety.json, safety.md");
  }

  /** What tests have left, one file for each row. */
  private static List<Map<String, Object>> counts(Path folder) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          rows.add(JSON.readValue(file.toFile(), new TypeReference<>() {}));
        }
      }
    }
    return rows;
  }

  private static List<Map<String, Object>> kept(
      RowsFile old, Map<String, Object> header, List<Map<String, Object>> rows) {
    Set<Object> tried = rows.stream().map(row -> row.get(CHECK)).collect(Collectors.toSet());
    List<Map<String, Object>> kept = new ArrayList<>();
    for (Map<String, Object> row : old.rows()) {
      if (tried.contains(row.get(CHECK)) == false) {
        Map<String, Object> copy = new LinkedHashMap<>(row);
        if (Objects.equals(old.header().get(COMMIT), header.get(COMMIT)) == false) {
          copy.putIfAbsent(COMMIT, old.header().get(COMMIT));
        }
        kept.add(copy);
      }
    }
    return kept;
  }

  /** Draws the page of recorded rows; rows with the same columns form one table. */
  public static void draw(Path results) throws IOException {
    RowsFile recorded = RowsFile.read(results.resolve("safety.json"));
    Page page = new Page(recorded.header());
    Map<List<String>, List<List<Object>>> tables = new LinkedHashMap<>();
    for (Map<String, Object> row : recorded.rows()) {
      tables
          .computeIfAbsent(List.copyOf(row.keySet()), columns -> new ArrayList<>())
          .add(new ArrayList<>(row.values()));
    }
    tables.forEach((columns, rows) -> page.table(columns, rows, List.of()));
    page.write(results.resolve("safety.md"));
  }
}
