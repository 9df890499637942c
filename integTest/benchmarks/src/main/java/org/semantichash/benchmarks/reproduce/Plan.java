// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.semantichash.benchmarks.reproduce.DataSet.FeatureOptionsReader;
import org.semantichash.benchmarks.reproduce.Experiment.RunSpec;
import org.semantichash.benchmarks.reproduce.Experiment.SpecCheck;
import org.semantichash.benchmarks.reproduce.Experiment.SplitSpec;
import org.semantichash.benchmarks.reproduce.Experiment.TableSpec;
import org.semantichash.benchmarks.reproduce.Row.RowKey;
import org.semantichash.trainer.methods.HashingMethod.Preset;

/** The rows that an experiment wants, table by table, each table's references first. */
final class Plan {

  private Plan() {}

  static List<Cell> of(Experiment experiment) {
    List<Cell> cells = new ArrayList<>();
    for (TableSpec table : experiment.tables()) {
      for (Reference reference : Reference.values()) {
        cells.add(cell(experiment, table, reference.key(table), Map.of(), null));
      }
      for (RunSpec run : table.runs()) {
        for (String column : table.columns()) {
          cells.addAll(column(experiment, table, run, column));
        }
      }
    }
    return List.copyOf(cells);
  }

  private static List<Cell> column(
      Experiment experiment, TableSpec table, RunSpec run, String column) {
    boolean varies = table.vary() != null;
    int bits = varies ? table.bits().get(0) : Integer.parseInt(column);
    Map<String, String> options = run.optionsAt(bits, experiment.training());
    if (varies) {
      options.put(table.vary().option(), column);
    }
    Double paper = run.paper().get(column);
    String varied = varies ? column : null;
    return table.seedsAt(bits).stream()
        .map(
            seed ->
                new RowKey(
                    table.name(),
                    run.method(),
                    run.preset(),
                    run.label(),
                    run.supervised(),
                    varied,
                    bits,
                    seed))
        .map(key -> cell(experiment, table, key, options, paper))
        .toList();
  }

  private static Cell cell(
      Experiment experiment,
      TableSpec table,
      RowKey key,
      Map<String, String> options,
      Double paper) {
    SplitSpec split = experiment.splitOf(table);
    return new Cell(key, options, split, paper, Definition.of(experiment, split, key, options));
  }

  /**
   * A row that is wanted.
   *
   * @param key where it belongs
   * @param options all options of the run
   * @param split of the documents
   * @param paper the published precision, or null
   * @param definition digest of all that decides about the result
   */
  record Cell(
      RowKey key, Map<String, String> options, SplitSpec split, Double paper, String definition) {}

  /**
   * All that decides about the result of a run, as a digest. Table and label are no part of it: two
   * tables that want the same run share it.
   */
  static final class Definition {

    private Definition() {}

    /** The first 16 hexadecimal digits of the SHA-256. */
    static String of(
        Experiment experiment, SplitSpec split, RowKey key, Map<String, String> options) {
      Map<String, String> all = new TreeMap<>();
      FeatureOptionsReader.properties(FeatureOptionsReader.options(experiment.preprocessing()))
          .forEach((name, value) -> all.put("preprocessing." + name, value));
      options.forEach((name, value) -> all.put("option." + name, value));
      all.put("sha256", experiment.input().sha256());
      all.put("text_fields", experiment.input().textFields().toString());
      all.put("label_field", experiment.input().labelField());
      if (experiment.input().topics() != null) {
        all.put("topics", experiment.input().topics().toString());
      }
      if (experiment.input().minWords() != null) {
        all.put("min_words", experiment.input().minWords().toString());
      }
      all.put("split", split.toString());
      all.put("method", key.method());
      if (key.preset().equals(Preset.TUNED.toString()) == false) {
        all.put("preset", key.preset());
      }
      all.put("supervised", Boolean.toString(key.supervised()));
      all.put("bits", Integer.toString(key.bits()));
      all.put("seed", Long.toString(key.seed()));
      return DataSet.sha256(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
  }

  /** What every table shows besides its methods; nothing is trained for it. */
  enum Reference {
    /** Exact search by the cosine of the same vectors. */
    COSINE("cosine", "TF-IDF cosine (exact)"),
    /** A random order. */
    CHANCE("chance", "chance");

    private final String method;
    private final String label;

    Reference(String method, String label) {
      this.method = method;
      this.label = label;
    }

    RowKey key(TableSpec table) {
      return new RowKey(table.name(), method, null, label, false, null, 0, 0);
    }

    static Optional<Reference> of(RowKey key) {
      for (Reference reference : values()) {
        if (reference.method.equals(key.method()) && key.bits() == 0) {
          return Optional.of(reference);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Which rows are run.
   *
   * @param table name of the only table, or null for all
   * @param only what "table/label/bits/seed" must contain a match of, or null for all; a varied
   *     value stands before the bits
   * @param again also what is recorded already
   */
  public record Choice(String table, Pattern only, boolean again) {

    boolean matches(RowKey key) {
      return (table == null || table.equals(key.table()))
          && (only == null || only.matcher(key.path()).find());
    }

    /**
     * Checks that the table exists.
     *
     * @throws IllegalArgumentException when it does not
     */
    public void requireKnown(Experiment experiment) {
      SpecCheck.require(
          table == null || experiment.tables().stream().anyMatch(t -> t.name().equals(table)),
          "table",
          "be one of " + experiment.tables().stream().map(TableSpec::name).toList(),
          table);
    }
  }
}
