// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.semantichash.benchmarks.duplicates.node.HashIndexPhase;
import org.semantichash.benchmarks.duplicates.node.NodePhase;
import org.semantichash.benchmarks.duplicates.quality.QualitySection;
import org.semantichash.benchmarks.search.measure.Recording;

/** The results as Markdown. */
final class JoinPage {

  private static final Set<String> HIDDEN = Set.of("phase", "step");

  private final Recording recording;
  private final Growth growth;

  JoinPage(Recording recording, Growth growth) {
    this.recording = recording;
    this.growth = growth;
  }

  /** Writes the page. */
  void write(Path file) throws IOException {
    Map<String, Object> header = recording.header();
    StringBuilder page = new StringBuilder();
    page.append("Written by `").append(header.get("command")).append("`; do not edit by hand.\n");
    append(page, AllPairsPhase.NAME);
    for (Growth.Line line : growth.lines()) {
      page.append(
          String.format(
              Locale.ROOT,
              "%nSeconds grow as documents to the power of %.2f (%s codes of 64 bits, radius 3).%n",
              line.exponent(),
              line.kind()));
    }
    append(page, NodePhase.NAME);
    append(page, HashIndexPhase.NAME);
    page.append(new QualitySection(recording.rows()).markdown());
    page.append("\nMeasured ").append(header.get("date")).append(" at commit ");
    page.append(header.get("commit")).append(" on ").append(header.get("machine"));
    page.append(" (shared with other work), ").append(header.get("os")).append(", Java ");
    page.append(header.get("java")).append(", seed ").append(header.get("seed")).append(".\n");
    Files.writeString(file, page);
  }

  private void append(StringBuilder page, String phase) {
    List<Map<String, Object>> rows =
        recording.rows().stream().filter(row -> phase.equals(row.get("phase"))).toList();
    if (rows.isEmpty()) {
      return;
    }
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    columns.removeAll(HIDDEN);
    page.append("\n## ").append(phase).append("\n\n|");
    columns.forEach(column -> page.append(' ').append(column.replace('_', ' ')).append(" |"));
    page.append("\n|").append("---:|".repeat(columns.size()));
    for (Map<String, Object> row : rows) {
      page.append("\n|");
      columns.forEach(column -> page.append(' ').append(format(row.get(column))).append(" |"));
    }
    page.append('\n');
  }

  private static String format(Object value) {
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.3f", number);
    }
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : value == null ? "" : value.toString();
  }
}
