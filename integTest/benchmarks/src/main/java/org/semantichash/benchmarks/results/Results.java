// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The rows of one run. */
public final class Results {

  private final String name;
  private final String command;
  private final Map<String, Object> machine;
  private final List<Row> rows = new ArrayList<>();

  /**
   * No rows yet.
   *
   * @param name of the files
   * @param command that measures it again
   * @param repository the checkout
   * @param seed of the run
   */
  public Results(String name, String command, Path repository, long seed) {
    this.name = name;
    this.command = command;
    this.machine = Machine.describe(command, repository, seed);
  }

  /** Adds a row. */
  public void add(Row row) {
    rows.add(row);
  }

  /** Writes [name].json and [name].md into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, Object> json = new LinkedHashMap<>(machine);
    List<Map<String, Object>> all = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("subject", row.subject());
      values.putAll(row.values());
      all.add(values);
    }
    json.put("rows", all);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(folder.resolve(name + ".json").toFile(), json);
    Files.writeString(
        folder.resolve(name + ".md"),
        "Written by `" + command + "`; do not edit by hand.\n\n" + markdown());
  }

  /** The rows for a terminal, a line each. */
  public String lines() {
    StringBuilder lines = new StringBuilder();
    for (Row row : rows) {
      StringJoiner values = new StringJoiner(", ", "  " + row.subject() + ": ", "\n");
      row.values().forEach((key, value) -> values.add(key.replace('_', ' ') + " " + format(value)));
      lines.append(values);
    }
    return lines.toString();
  }

  /** The table, with the machine below it. */
  public String markdown() {
    StringBuilder table = new StringBuilder("| | | |\n|---|---|---:|\n");
    for (Row row : rows) {
      String subject = row.subject();
      for (Map.Entry<String, Object> value : row.values().entrySet()) {
        table
            .append("| ")
            .append(subject)
            .append(" | ")
            .append(value.getKey().replace('_', ' '))
            .append(" | ")
            .append(format(value.getValue()))
            .append(" |\n");
        subject = "";
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
  public void insertInto(Path file) throws IOException {
    String text = Files.readString(file);
    int open = text.indexOf("<!-- " + name + ":");
    int start = text.indexOf("-->", open) + "-->".length();
    int end = text.indexOf("<!-- /" + name + " -->");
    if (open < 0 || end < start) {
      throw new IllegalStateException("[" + file + "] must have the marks of [" + name + "]");
    }
    Files.writeString(
        file, text.substring(0, start) + "\n\n" + markdown() + "\n" + text.substring(end));
  }
}
