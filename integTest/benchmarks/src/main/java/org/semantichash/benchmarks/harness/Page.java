// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Recorded rows as a page of Markdown; long tables are folded. */
public final class Page {

  private static final Set<String> HIDDEN = Set.of("phase", "step", "commit");
  private static final int LONG = 24;

  private final Map<String, Object> header;
  private final StringBuilder text = new StringBuilder();

  /** Of rows that come from there. */
  public Page(Map<String, Object> header) {
    this.header = header;
    text.append("Written by `").append(header.get("command")).append("`; do not edit by hand.\n");
  }

  /** A heading with all rows of a phase below it; nothing without rows. */
  public void section(String title, List<Map<String, Object>> rows) {
    section(title, rows, Map.of());
  }

  /**
   * The same.
   *
   * @param summary values by column of the rows that are printed above a folded table
   */
  public void section(String title, List<Map<String, Object>> rows, Map<String, ?> summary) {
    if (rows.isEmpty()) {
      return;
    }
    text.append("\n## ").append(title).append("\n\n");
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    columns.removeAll(HIDDEN);
    List<Map<String, Object>> few =
        rows.stream().filter(row -> row.entrySet().containsAll(summary.entrySet())).toList();
    table(List.copyOf(columns), cells(columns, rows), cells(columns, few));
    rows.stream()
        .map(row -> row.get("commit"))
        .filter(Objects::nonNull)
        .distinct()
        .forEach(commit -> text.append('\n').append(origin(commit)));
  }

  /**
   * A table; a long one is folded.
   *
   * @param few the rows that are printed above a folded table
   */
  public void table(List<String> columns, List<List<Object>> rows, List<List<Object>> few) {
    if (text.toString().endsWith("\n\n") == false) {
      text.append('\n');
    }
    if (rows.size() <= LONG) {
      text.append(markdown(columns, rows));
      return;
    }
    if (few.isEmpty() == false && few.size() < rows.size()) {
      text.append(markdown(columns, few)).append('\n');
    }
    text.append("<details><summary>All ").append(rows.size()).append(" rows</summary>\n\n");
    text.append(markdown(columns, rows)).append("\n</details>\n");
  }

  /** A paragraph. */
  public void paragraph(String words) {
    text.append('\n').append(words).append('\n');
  }

  private static List<List<Object>> cells(Set<String> columns, List<Map<String, Object>> rows) {
    List<List<Object>> cells = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      List<Object> line = new ArrayList<>();
      columns.forEach(column -> line.add(row.get(column)));
      cells.add(line);
    }
    return cells;
  }

  /** Numbers are aligned to the right. */
  private static String markdown(List<String> columns, List<List<Object>> rows) {
    StringBuilder table = new StringBuilder("|");
    columns.forEach(column -> table.append(' ').append(column.replace('_', ' ')).append(" |"));
    table.append("\n|");
    for (int column = 0; column < columns.size(); column++) {
      int index = column;
      boolean numbers =
          rows.stream()
              .map(row -> row.get(index))
              .allMatch(value -> value == null || value instanceof Number);
      table.append(numbers ? "---:|" : "---|");
    }
    for (List<Object> row : rows) {
      table.append("\n|");
      row.forEach(value -> table.append(' ').append(format(value)).append(" |"));
    }
    return table.append('\n').toString();
  }

  private static String format(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : "%.3f", number);
    }
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : value.toString();
  }

  private String origin(Object commit) {
    String seed = header.containsKey("seed") ? ", seed " + header.get("seed") : "";
    return "Measured "
        + header.get("date")
        + " at commit "
        + commit
        + " on "
        + header.get("machine")
        + " (shared with other work), "
        + header.get("os")
        + ", Java "
        + header.get("java")
        + seed
        + ".\n";
  }

  /** Writes the page. */
  public void write(Path file) throws IOException {
    Files.writeString(file, text + "\n" + origin(header.get("commit")));
  }
}
