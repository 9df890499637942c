// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.search.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.semantichash.benchmarks.search.measure.Recording;

/** All rows as Markdown, a table for each phase. */
public final class Page {

  private static final Set<String> HIDDEN = Set.of("phase", "step");
  private static final Set<String> TEXT = Set.of("contestant", "what", "goal");
  private static final Map<String, String> TITLES = new LinkedHashMap<>();

  static {
    TITLES.put("http", "One client over HTTP");
    TITLES.put("concurrent", "Many clients over HTTP");
    TITLES.put("jvm", "Lucene alone, top-k");
    TITLES.put("radius", "Lucene alone, within a radius");
    TITLES.put("filters", "Filters, deletions, segments, documents without a code");
    TITLES.put("memory", "Bytes and building of columns");
    TITLES.put("cancel", "Searches that are stopped");
  }

  private final Recording recording;
  private final Map<String, String> titles;

  /** Of these rows of the search. */
  public Page(Recording recording) {
    this(recording, TITLES);
  }

  /**
   * Of these rows.
   *
   * @param titles of the phases, in the order of the page
   */
  public Page(Recording recording, Map<String, String> titles) {
    this.recording = recording;
    this.titles = titles;
  }

  /** Writes the page. */
  public void write(Path file) throws IOException {
    Map<String, Object> header = recording.header();
    StringBuilder page = new StringBuilder();
    page.append("Written by `").append(header.get("command")).append("`; do not edit by hand.\n");
    titles.forEach((phase, title) -> append(page, phase, title));
    page.append("\nMeasured ").append(header.get("date")).append(" at commit ");
    page.append(header.get("commit")).append(" on ").append(header.get("machine"));
    page.append(" (shared with other work), ").append(header.get("os")).append(", Java ");
    page.append(header.get("java")).append(", seed ").append(header.get("seed")).append(".\n");
    Files.writeString(file, page);
  }

  private void append(StringBuilder page, String phase, String title) {
    List<Map<String, Object>> rows =
        recording.rows().stream().filter(row -> phase.equals(row.get("phase"))).toList();
    if (rows.isEmpty()) {
      return;
    }
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    columns.removeAll(HIDDEN);
    page.append("\n## ").append(title).append("\n\n|");
    columns.forEach(column -> page.append(' ').append(column.replace('_', ' ')).append(" |"));
    page.append("\n|");
    columns.forEach(column -> page.append(TEXT.contains(column) ? "---|" : "---:|"));
    for (Map<String, Object> row : rows) {
      page.append("\n|");
      columns.forEach(column -> page.append(' ').append(format(row.get(column))).append(" |"));
    }
    page.append('\n');
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
}
