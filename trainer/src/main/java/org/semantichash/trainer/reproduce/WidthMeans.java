// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A method's precision at {@link #WIDTHS} in one experiment.
 *
 * @param ours the mean over the seeds, by width; only widths of which all seeds are recorded
 * @param paper the published precision by width, where there is one
 * @param missing the widths and seeds that are not recorded, as text
 */
record WidthMeans(Map<Integer, Double> ours, Map<Integer, Double> paper, List<String> missing) {

  /** The widths in bits that every mean is over. */
  static final List<Integer> WIDTHS = List.of(16, 32, 64, 128);

  /** Of an experiment whose table lacks the method. */
  static final WidthMeans ABSENT =
      new WidthMeans(Map.of(), Map.of(), List.of("not in the experiment"));

  /** Of a line of a table of widths. */
  static WidthMeans of(TableSpec table, RunSpec run, List<Row> rows) {
    Line line = Line.of(table, run, rows);
    Map<Integer, Double> ours = new LinkedHashMap<>();
    Map<Integer, Double> paper = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (int width : WIDTHS) {
      String column = Integer.toString(width);
      if (run.paper().containsKey(column)) {
        paper.put(width, run.paper().get(column));
      }
      List<Long> wanted = table.bits().contains(width) ? table.seedsAt(width) : List.of();
      List<Long> absent = absent(wanted, line.rows().getOrDefault(column, List.of()));
      if (absent.size() == wanted.size()) {
        missing.add(width + " bits");
      } else if (absent.isEmpty() == false) {
        missing.add(width + " bits with seed " + list(absent));
      } else {
        ours.put(width, line.scores().get(column).mean());
      }
    }
    return new WidthMeans(ours, paper, missing);
  }

  private static List<Long> absent(List<Long> wanted, List<Row> rows) {
    List<Long> recorded = rows.stream().map(row -> row.key().seed()).toList();
    return wanted.stream().filter(seed -> recorded.contains(seed) == false).toList();
  }

  private static String list(List<Long> seeds) {
    return seeds.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }

  /** Ours over all widths; empty where anything is missing. */
  OptionalDouble mean() {
    return mean(ours);
  }

  /** The paper's over all widths; empty where it lacks one. */
  OptionalDouble paperMean() {
    return mean(paper);
  }

  private static OptionalDouble mean(Map<Integer, Double> byWidth) {
    return byWidth.keySet().containsAll(WIDTHS)
        ? byWidth.values().stream().mapToDouble(Double::doubleValue).average()
        : OptionalDouble.empty();
  }
}
