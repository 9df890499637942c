// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table of methods by widths, or by the values of one option.
 *
 * @param name in the names of files and of rows
 * @param title its heading
 * @param bits the widths; exactly one where an option is varied
 * @param vary the option that is varied instead of the width, or null
 * @param split how the documents are split for this table, or null as for the others
 * @param seeds of each run
 * @param seedsByBits other seeds for some widths
 * @param tolerance by how much precision may be below the paper's and still be near it
 * @param runs the lines of the table
 */
public record TableSpec(
    String name,
    String title,
    List<Integer> bits,
    VarySpec vary,
    SplitSpec split,
    List<Long> seeds,
    Map<Integer, List<Long>> seedsByBits,
    double tolerance,
    List<RunSpec> runs) {

  /** Checks. */
  public TableSpec {
    Experiment.requireFileName("name", name);
    title = title == null ? name : title;
    bits = SpecCheck.requireFilled("bits", bits);
    SpecCheck.require(
        vary == null || bits.size() == 1, "bits", "be one width where [vary] is given", bits);
    seeds = seeds == null ? List.of(1L) : SpecCheck.requireFilled("seeds", seeds);
    seedsByBits = seedsByBits == null ? Map.of() : Map.copyOf(seedsByBits);
    SpecCheck.require(tolerance >= 0, "tolerance", "be at least [0]", tolerance);
    runs = SpecCheck.requireFilled("runs", runs);
    Set<String> labels = new HashSet<>();
    for (RunSpec run : runs) {
      SpecCheck.require(labels.add(run.label()), "runs", "have different labels", run.label());
      requireKnown(run, vary == null ? bits.stream().map(String::valueOf).toList() : vary.values());
    }
  }

  private static void requireKnown(RunSpec run, List<String> columns) {
    for (String column : run.paper().keySet()) {
      SpecCheck.require(columns.contains(column), "paper", "be for one of " + columns, column);
    }
  }

  /** The columns: widths, or the values of the varied option. */
  List<String> columns() {
    return vary == null ? bits.stream().map(String::valueOf).toList() : vary.values();
  }

  /** The seeds at a width. */
  List<Long> seedsAt(int width) {
    return seedsByBits.getOrDefault(width, seeds);
  }
}
