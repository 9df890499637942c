// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.semantichash.benchmarks.reproduce.Experiment.InputSpec;
import org.semantichash.benchmarks.reproduce.Experiment.RunSpec;
import org.semantichash.benchmarks.reproduce.Experiment.SplitSpec;
import org.semantichash.benchmarks.reproduce.Experiment.TableSpec;
import org.semantichash.benchmarks.reproduce.Row.CodeUse;
import org.semantichash.benchmarks.reproduce.Row.Course;
import org.semantichash.benchmarks.reproduce.Row.Origin;
import org.semantichash.benchmarks.reproduce.Row.Parts;
import org.semantichash.benchmarks.reproduce.Row.Precision;
import org.semantichash.benchmarks.reproduce.Row.RowKey;
import org.semantichash.benchmarks.reproduce.SharedTable.RecordedExperiment;
import org.semantichash.benchmarks.reproduce.SharedTable.WidthMeans;

/** An experiment with one table whose rows a test makes up. */
final class MadeExperiment {

  private static final String DIGEST = "0".repeat(64);

  private final String name;
  private final String table;
  private final List<Integer> bits;
  private final Map<Integer, List<Long>> seeds;
  private final Map<String, RunSpec> runs = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();

  /** Of the widths 16 to 128, with two seeds at 32 bits. */
  MadeExperiment(String name, String table) {
    this(name, table, WidthMeans.WIDTHS);
  }

  MadeExperiment(String name, String table, List<Integer> bits) {
    this.name = name;
    this.table = table;
    this.bits = bits;
    this.seeds = Map.of(32, List.of(1L, 2L));
  }

  /** A line of the table, of the method that is called as the label in lower case. */
  MadeExperiment line(String label, Map<String, Double> paper) {
    String method = label.toLowerCase(Locale.ROOT);
    runs.put(label, new RunSpec(method, null, label, false, null, null, paper));
    return this;
  }

  MadeExperiment row(String label, int width, long seed, double precision) {
    if (runs.containsKey(label) == false) {
      line(label, Map.of());
    }
    RowKey key = new RowKey(table, runs.get(label).method(), null, label, false, null, width, seed);
    rows.add(
        new Row(
            key,
            new Row.Setup(Map.of(), null, null, label + width + seed, null),
            new Precision(null, null, precision, precision, precision, precision),
            Course.NONE,
            new CodeUse(9, null, null, 0, 0.5, 1.0),
            new Parts(6, 2, 2, 20),
            new Origin("abc", "2026-01-01", "a machine", "1", 1)));
    return this;
  }

  /** All rows of a line, with one precision a width, in the order of the widths. */
  MadeExperiment rows(String label, double... precision) {
    for (int i = 0; i < precision.length; i++) {
      for (long seed : seeds.getOrDefault(bits.get(i), List.of(1L))) {
        row(label, bits.get(i), seed, precision[i]);
      }
    }
    return this;
  }

  TableSpec table() {
    return new TableSpec(
        table, table, bits, null, null, null, seeds, 0.02, List.copyOf(runs.values()));
  }

  RecordedExperiment recorded() {
    Experiment experiment =
        new Experiment(
            name,
            null,
            new InputSpec("made.jsonl", DIGEST, null, null, null, null, null),
            null,
            new SplitSpec(0.2, 0.2, 1),
            null,
            null,
            List.of(table()));
    return new RecordedExperiment(experiment, rows);
  }
}
