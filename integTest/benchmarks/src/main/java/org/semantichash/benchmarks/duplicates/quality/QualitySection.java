// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semantichash.benchmarks.harness.Page;

/** The quality as a part of the page: for each line of the picture two radii and what they give. */
public final class QualitySection {

  private static final double PRECISE = .95;
  private static final int SHOWN_RATE = 10;

  private final List<Map<String, Object>> rows;

  /** Of these rows, which may be of other phases too. */
  public QualitySection(List<Map<String, Object>> rows) {
    this.rows = rows.stream().filter(row -> row.containsKey("edit")).toList();
  }

  /** Appends the tables; nothing without rows. */
  public void appendTo(Page page) {
    Map<Object, List<Map<String, Object>>> byLine = new LinkedHashMap<>();
    for (Map<String, Object> row : rows) {
      if (CurveRows.ALL.equals(row.get("edit"))) {
        List<Object> key = List.of(row.get("data"), row.get("bits"), row.get("method"));
        byLine.computeIfAbsent(key, line -> new ArrayList<>()).add(row);
      }
    }
    if (byLine.isEmpty()) {
      return;
    }
    page.paragraph("## quality");
    List<List<Object>> table = byLine.values().stream().map(QualitySection::line).toList();
    page.table(
        List.of(
            "data",
            "bits",
            "method",
            "radius of largest F1",
            "precision",
            "recall",
            "largest radius of precision .95",
            "recall"),
        table,
        table.stream()
            .filter(
                line -> line.get(0).equals("debian") || line.get(0).toString().endsWith("copies"))
            .toList());
    appendEdits(page, false, 2 * CopiesPhase.SHOWN);
    appendEdits(page, true, CopiesPhase.SHOWN);
  }

  private static List<Object> line(List<Map<String, Object>> line) {
    Map<String, Object> best =
        line.stream().max(Comparator.comparingDouble(QualitySection::f1)).orElseThrow();
    Optional<Map<String, Object>> precise = precise(line);
    return Arrays.asList(
        best.get("data"),
        best.get("bits"),
        best.get("method"),
        best.get("radius"),
        best.get("precision"),
        best.get("recall"),
        precise.map(row -> row.get("radius")).orElse("none"),
        precise.map(row -> row.get("recall")).orElse(null));
  }

  private static Optional<Map<String, Object>> precise(List<Map<String, Object>> line) {
    return line.stream()
        .filter(row -> row.get("precision") != null && number(row, "precision") >= PRECISE)
        .filter(row -> number(row, "recall") > 0)
        .max(Comparator.comparingDouble(row -> number(row, "radius")));
  }

  /**
   * What each edit costs, at a radius that is the same share of the width for all.
   *
   * @param copies whether of the phase with thirteen kinds of edits, or of the others
   * @param part of the width
   */
  private void appendEdits(Page page, boolean copies, int part) {
    List<Map<String, Object>> of =
        rows.stream().filter(row -> CopiesPhase.NAME.equals(row.get("phase")) == copies).toList();
    if (of.isEmpty()) {
      return;
    }
    List<Object> methods = of.stream().map(row -> row.get("method")).distinct().toList();
    Map<List<Object>, Map<Object, Object>> byEdit = new LinkedHashMap<>();
    for (Map<String, Object> row : of) {
      if (CurveRows.ALL.equals(row.get("edit")) == false
          && number(row, "radius") == number(row, "bits") / part) {
        byEdit
            .computeIfAbsent(
                List.of(row.get("data"), row.get("bits"), row.get("edit"), row.get("rate")),
                edit -> new LinkedHashMap<>())
            .put(row.get("method"), row.get("recall"));
      }
    }
    List<String> columns = new ArrayList<>(List.of("data", "bits", "edit", "rate"));
    methods.forEach(method -> columns.add(method.toString()));
    List<List<Object>> table = new ArrayList<>();
    byEdit.forEach(
        (edit, recalls) -> {
          List<Object> cells = new ArrayList<>(edit);
          methods.forEach(method -> cells.add(recalls.get(method)));
          table.add(cells);
        });
    page.paragraph(
        copies
            ? "Recall of copies with thirteen kinds of edits, at a radius of an eighth of the width:"
            : "Recall by edit, at a radius of a sixteenth of the width:");
    page.table(
        columns,
        table,
        table.stream()
            .filter(
                line -> copies || (line.get(0).equals("debian") && line.get(3).equals(SHOWN_RATE)))
            .toList());
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
}
