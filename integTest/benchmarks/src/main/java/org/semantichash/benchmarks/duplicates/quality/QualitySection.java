// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The quality as a part of the page: for each line of the picture two radii and what they give. */
public final class QualitySection {

  private static final double PRECISE = .95;

  private final List<Map<String, Object>> rows;

  /** Of these rows, which may be of other phases too. */
  public QualitySection(List<Map<String, Object>> rows) {
    this.rows = rows.stream().filter(row -> row.containsKey("recall")).toList();
  }

  /** The text; empty without rows. */
  public String markdown() {
    StringBuilder page = new StringBuilder();
    Map<Object, List<Map<String, Object>>> byLine = new LinkedHashMap<>();
    for (Map<String, Object> row : rows) {
      if (CurveRows.ALL.equals(row.get("edit"))) {
        List<Object> key = List.of(row.get("data"), row.get("bits"), row.get("method"));
        byLine.computeIfAbsent(key, line -> new ArrayList<>()).add(row);
      }
    }
    if (byLine.isEmpty()) {
      return "";
    }
    page.append("\n## quality\n\n| data | bits | method | radius of largest F1 | precision |");
    page.append(" recall | largest radius of precision .95 | recall |\n|---|---:|---|");
    page.append("---:|".repeat(5)).append('\n');
    byLine.values().forEach(line -> append(page, line));
    appendEdits(page);
    return page.toString();
  }

  private static void append(StringBuilder page, List<Map<String, Object>> line) {
    Map<String, Object> best =
        line.stream().max(Comparator.comparingDouble(QualitySection::f1)).orElseThrow();
    Map<String, Object> any = line.get(0);
    page.append("| ").append(any.get("data")).append(" | ").append(any.get("bits")).append(" | ");
    page.append(any.get("method")).append(" | ").append(best.get("radius")).append(" | ");
    page.append(format(best.get("precision"))).append(" | ").append(format(best.get("recall")));
    Optional<Map<String, Object>> precise = precise(line);
    page.append(" | ").append(precise.map(row -> row.get("radius").toString()).orElse("none"));
    page.append(" | ").append(precise.map(row -> format(row.get("recall"))).orElse(""));
    page.append(" |\n");
  }

  private static Optional<Map<String, Object>> precise(List<Map<String, Object>> line) {
    return line.stream()
        .filter(row -> row.get("precision") != null && number(row, "precision") >= PRECISE)
        .filter(row -> number(row, "recall") > 0)
        .max(Comparator.comparingDouble(row -> number(row, "radius")));
  }

  /** What each edit costs, at a radius that is the same share of the width for all. */
  private void appendEdits(StringBuilder page) {
    page.append("\nRecall by edit, at a radius of a sixteenth of the width:\n\n");
    page.append("| data | bits | edit | rate |");
    List<Object> methods = rows.stream().map(row -> row.get("method")).distinct().toList();
    methods.forEach(method -> page.append(' ').append(method).append(" |"));
    page.append("\n|---|---:|---|---:|").append("---:|".repeat(methods.size())).append('\n');
    Map<Object, Map<Object, Object>> byEdit = new LinkedHashMap<>();
    for (Map<String, Object> row : rows) {
      if (CurveRows.ALL.equals(row.get("edit")) == false
          && number(row, "radius") == number(row, "bits") / 16) {
        String edit = row.get("data") + " | " + row.get("bits") + " | " + row.get("edit");
        byEdit
            .computeIfAbsent(edit + " | " + row.get("rate"), e -> new LinkedHashMap<>())
            .put(row.get("method"), row.get("recall"));
      }
    }
    byEdit.forEach(
        (edit, recalls) -> {
          page.append("| ").append(edit).append(" |");
          methods.forEach(m -> page.append(' ').append(format(recalls.get(m))).append(" |"));
          page.append('\n');
        });
  }

  private static double f1(Map<String, Object> row) {
    if (row.get("precision") == null || row.get("recall") == null) {
      return 0;
    }
    double sum = number(row, "precision") + number(row, "recall");
    return sum > 0 ? 2 * number(row, "precision") * number(row, "recall") / sum : 0;
  }

  private static double number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).doubleValue();
  }

  private static String format(Object value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.3f", ((Number) value).doubleValue());
  }
}
