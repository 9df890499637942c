// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.safety;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.semantichash.benchmarks.results.Machine;
import org.semantichash.it.http.Http;

/**
 * What was tried to make the product lose or leak something, and how often it did. The tests on
 * real nodes count; this puts their counts into one table.
 */
public final class SafetyTable {

  private static final String COMMAND = "mvn -Psafety verify";
  private static final String[] MEASURED = {
    "src", "plugin", "trainer/src", "integTest/src", "integTest/benchmarks/src"
  };

  private SafetyTable() {}

  /** Arguments: the folder of the counts, the folder of the checkout, the folder of results. */
  public static void main(String[] args) throws IOException {
    Path repository = Path.of(args[1]).toAbsolutePath().normalize();
    Path results = Path.of(args[2]);
    Map<String, Object> table = Machine.describe(COMMAND, repository, 1, MEASURED);
    List<Map<String, Object>> rows = rows(Path.of(args[0]));
    table.put("rows", rows);
    Files.createDirectories(results);
    Http.JSON
        .writerWithDefaultPrettyPrinter()
        .writeValue(results.resolve("safety.json").toFile(), table);
    Files.writeString(results.resolve("safety.md"), page(table, rows));
    System.out.println("written to " + results + ": safety.json, safety.md");
  }

  private static List<Map<String, Object>> rows(Path folder) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        Map<String, Object> row = new LinkedHashMap<>();
        Http.JSON
            .readTree(file.toFile())
            .properties()
            .forEach(
                value ->
                    row.put(
                        value.getKey(), Http.JSON.convertValue(value.getValue(), Object.class)));
        rows.add(row);
      }
    }
    return rows;
  }

  private static String page(Map<String, Object> table, List<Map<String, Object>> rows) {
    StringBuilder page = new StringBuilder();
    page.append("Written by `").append(COMMAND).append("`; do not edit by hand.\n");
    Map<String, List<Map<String, Object>>> byColumns = new LinkedHashMap<>();
    for (Map<String, Object> row : rows) {
      Set<String> columns = new LinkedHashSet<>(row.keySet());
      byColumns.computeIfAbsent(String.join(" | ", columns), key -> new ArrayList<>()).add(row);
    }
    byColumns.forEach((columns, some) -> append(page, columns, some));
    page.append("\nMeasured ").append(table.get("date")).append(" at commit ");
    page.append(table.get("commit")).append(" on ").append(table.get("machine"));
    page.append(" (shared with other work), ").append(table.get("os")).append(", Java ");
    return page.append(table.get("java")).append(".\n").toString();
  }

  /** Rows with the same columns stand in one table. */
  private static void append(StringBuilder page, String columns, List<Map<String, Object>> rows) {
    page.append("\n| ").append(columns.replace('_', ' ')).append(" |\n|");
    for (String column : rows.get(0).keySet()) {
      page.append(rows.get(0).get(column) instanceof Number ? "---:|" : "---|");
    }
    for (Map<String, Object> row : rows) {
      page.append("\n|");
      row.values().forEach(value -> page.append(' ').append(format(value)).append(" |"));
    }
    page.append('\n');
  }

  private static String format(Object value) {
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%,.3f", number);
    }
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : String.valueOf(value);
  }
}
