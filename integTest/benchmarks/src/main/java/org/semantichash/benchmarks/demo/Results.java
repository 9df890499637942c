// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.semantichash.benchmarks.harness.Machine;
import org.semantichash.benchmarks.harness.Options;
import org.semantichash.benchmarks.harness.RowsFile;

/** The rows of one demo: a subject, and numbers by name. */
final class Results {

  private static final String NAME = "demo";
  private static final String COMMAND = "mvn -Pdemo verify -Drecord";
  private static final String SUBJECT = "subject";

  private final Map<String, Object> machine;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  /** No rows yet, of this checkout. */
  Results(Path repository) {
    this.machine = Machine.describe(COMMAND, repository, Options.SEED);
  }

  /** Adds a row with values given as name, value, name, value; names end with their unit. */
  void add(String subject, Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(SUBJECT, subject);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    rows.add(row);
  }

  /** Writes demo.json and demo.md into a folder. */
  void write(Path folder) throws IOException {
    new RowsFile(machine, rows).write(folder.resolve(NAME + ".json"));
    Files.writeString(
        folder.resolve(NAME + ".md"),
        "Written by `" + COMMAND + "`; do not edit by hand.\n\n" + markdown());
  }

  /** The rows for a terminal, a line each. */
  String lines() {
    StringBuilder lines = new StringBuilder();
    for (Map<String, Object> row : rows) {
      StringJoiner values = new StringJoiner(", ", "  " + row.get(SUBJECT) + ": ", "\n");
      row.keySet().stream()
          .filter(name -> name.equals(SUBJECT) == false)
          .forEach(name -> values.add(name.replace('_', ' ') + " " + format(row.get(name))));
      lines.append(values);
    }
    return lines.toString();
  }

  /** The table, with the machine below it. */
  private String markdown() {
    StringBuilder table = new StringBuilder("| | | |\n|---|---|---:|\n");
    for (Map<String, Object> row : rows) {
      Object subject = row.get(SUBJECT);
      for (Map.Entry<String, Object> value : row.entrySet()) {
        if (value.getKey().equals(SUBJECT) == false) {
          table.append("| ").append(subject).append(" | ");
          table.append(value.getKey().replace('_', ' ')).append(" | ");
          table.append(format(value.getValue())).append(" |\n");
          subject = "";
        }
      }
    }
    table.append('\n').append("Measured ").append(machine.get("date")).append(" at commit ");
    table.append(machine.get("commit")).append(" on ").append(machine.get("machine"));
    table.append(" (shared with other work), ").append(machine.get("os")).append(", Java ");
    table.append(machine.get("java")).append(", seed ").append(machine.get("seed"));
    return table.append(".\n").toString();
  }

  private static String format(Object value) {
    if (value instanceof Double number) {
      return number >= 1000
          ? String.format(Locale.ROOT, "%,.0f", number)
          : String.format(Locale.ROOT, number >= 10 ? "%.1f" : "%.3f", number);
    }
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : String.valueOf(value);
  }

  /**
   * Puts the table between the marks {@code <!-- name: ... -->} and {@code <!-- /name -->} of a
   * file.
   *
   * @throws IllegalStateException when the file lacks the marks
   */
  void insertInto(Path file) throws IOException {
    String text = Files.readString(file);
    int open = text.indexOf("<!-- " + NAME + ":");
    int start = text.indexOf("-->", open) + "-->".length();
    int end = text.indexOf("<!-- /" + NAME + " -->");
    if (open < 0 || end < start) {
      throw new IllegalStateException("[" + file + "] must have the marks of [" + NAME + "]");
    }
    Files.writeString(
        file, text.substring(0, start) + "\n\n" + markdown() + "\n" + text.substring(end));
  }
}
