// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.semantichash.benchmarks.reproduce.DataSet.FeatureOptionsReader;
import org.semantichash.trainer.methods.HashingMethod.Preset;

/**
 * What a published experiment measured and how it is run again.
 *
 * @param name begins the names of the files that are written
 * @param title heads the page
 * @param input the data set
 * @param preprocessing how texts become vectors, by the names of the options of the command line
 * @param split how the documents are split where a table says nothing else
 * @param training options of all runs, by name
 * @param differs what differs from the papers
 * @param tables the tables, in the order of the page
 */
public record Experiment(
    String name,
    String title,
    InputSpec input,
    Map<String, String> preprocessing,
    SplitSpec split,
    Map<String, String> training,
    String differs,
    List<TableSpec> tables) {

  /** Checks. */
  public Experiment {
    requireFileName("name", name);
    title = title == null ? name : title;
    SpecCheck.requirePresent("input", input);
    SpecCheck.requirePresent("split", split);
    preprocessing = preprocessing == null ? Map.of() : Map.copyOf(preprocessing);
    training = training == null ? Map.of() : Map.copyOf(training);
    differs = differs == null ? "" : differs.strip();
    tables = SpecCheck.requireNonEmpty("tables", tables);
    Set<String> names = new HashSet<>();
    for (TableSpec table : tables) {
      SpecCheck.require(names.add(table.name()), "tables", "have different names", table.name());
    }
    FeatureOptionsReader.options(preprocessing);
  }

  /** Checks a text that becomes part of a file's name. */
  static void requireFileName(String what, String text) {
    SpecCheck.requirePresent(what, text);
    SpecCheck.require(
        text.matches("[a-z0-9][a-z0-9-]*"), what, "be lower-case letters, digits and -", text);
  }

  /** The split of a table. */
  SplitSpec splitOf(TableSpec table) {
    return table.split() == null ? split : table.split();
  }

  /**
   * The data set of an experiment, which the reader brings.
   *
   * @param file its name; a path relative to the folder with the data
   * @param sha256 of the file, in hexadecimal
   * @param description where to get it and under which licence
   * @param textFields the fields that make the text
   * @param labelField the field with the label or labels
   * @param topics how many labels are kept, those of the most training documents of a split;
   *     documents with none of them are dropped. Null for all
   * @param minWords the least words of a document, between blanks; shorter ones are dropped. Null
   *     for none
   */
  public record InputSpec(
      String file,
      String sha256,
      String description,
      List<String> textFields,
      String labelField,
      Integer topics,
      Integer minWords) {

    /** Checks. */
    public InputSpec {
      SpecCheck.requirePresent("file", file);
      SpecCheck.requirePresent("sha256", sha256);
      sha256 = sha256.toLowerCase(Locale.ROOT);
      SpecCheck.require(
          sha256.matches("[0-9a-f]{64}"), "sha256", "be 64 hexadecimal digits", sha256);
      description = description == null ? "" : description.strip();
      textFields = textFields == null ? List.of("text") : List.copyOf(textFields);
      labelField = labelField == null ? "label" : labelField;
      SpecCheck.require(topics == null || topics > 0, "topics", "be at least [1]", topics);
      SpecCheck.require(minWords == null || minWords > 0, "min_words", "be at least [1]", minWords);
    }
  }

  /**
   * A random split.
   *
   * @param validation share of the documents that choose the epoch
   * @param test share of the documents that are queries, looked at once
   * @param seed of the split; the seeds of the runs do not change it
   */
  public record SplitSpec(double validation, double test, long seed) {

    /** Checks. */
    public SplitSpec {
      SpecCheck.require(validation > 0, "validation", "be above [0]", validation);
      SpecCheck.require(test > 0, "test", "be above [0]", test);
      SpecCheck.require(
          validation + test < 1, "validation + test", "be below [1]", validation + test);
    }
  }

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
      bits = SpecCheck.requireNonEmpty("bits", bits);
      SpecCheck.require(
          vary == null || bits.size() == 1, "bits", "be one width where [vary] is given", bits);
      seeds = seeds == null ? List.of(1L) : SpecCheck.requireNonEmpty("seeds", seeds);
      seedsByBits = seedsByBits == null ? Map.of() : Map.copyOf(seedsByBits);
      SpecCheck.require(tolerance >= 0, "tolerance", "be at least [0]", tolerance);
      runs = SpecCheck.requireNonEmpty("runs", runs);
      Set<String> labels = new HashSet<>();
      for (RunSpec run : runs) {
        SpecCheck.require(labels.add(run.label()), "runs", "have different labels", run.label());
        requireKnown(
            run, vary == null ? bits.stream().map(String::valueOf).toList() : vary.values());
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

  /**
   * A line of a table: a method with options.
   *
   * @param method its name
   * @param preset whose settings it has where none are given, [tuned] or [published]
   * @param label how the line is called; the method's name where none is given
   * @param supervised whether the method sees labels
   * @param options of the method and of the training, by name
   * @param optionsByBits further options at some widths
   * @param paper the published precision by column; a column may be missing
   */
  public record RunSpec(
      String method,
      String preset,
      String label,
      boolean supervised,
      Map<String, String> options,
      Map<Integer, Map<String, String>> optionsByBits,
      Map<String, Double> paper) {

    /** Checks. */
    public RunSpec {
      SpecCheck.requirePresent("method", method);
      preset = preset == null ? Preset.TUNED.toString() : Preset.named(preset).toString();
      label = label == null ? method : label;
      options = options == null ? Map.of() : Map.copyOf(options);
      optionsByBits = optionsByBits == null ? Map.of() : Map.copyOf(optionsByBits);
      paper = paper == null ? Map.of() : Map.copyOf(paper);
      paper.forEach((column, p) -> SpecCheck.require(p >= 0 && p <= 1, "paper", "be in [0, 1]", p));
    }

    /** All options at a width; what is said for the width comes last. */
    Map<String, String> optionsAt(int bits, Map<String, String> training) {
      Map<String, String> all = new TreeMap<>(training);
      all.putAll(options);
      all.putAll(optionsByBits.getOrDefault(bits, Map.of()));
      return all;
    }
  }

  /**
   * An option that a table varies instead of the width.
   *
   * @param option its name
   * @param values the values, in the order of the columns
   */
  public record VarySpec(String option, List<String> values) {

    /** Checks. */
    public VarySpec {
      SpecCheck.requirePresent("option", option);
      values = SpecCheck.requireNonEmpty("values", values);
    }
  }

  /** The checks that the parts of an experiment share. */
  static final class SpecCheck {

    private SpecCheck() {}

    static void require(boolean condition, String name, String rule, Object value) {
      if (condition == false) {
        throw new IllegalArgumentException("[" + name + "] must " + rule + ", got [" + value + "]");
      }
    }

    static void requirePresent(String name, Object value) {
      if (value == null) {
        throw new IllegalArgumentException("[" + name + "] is missing");
      }
    }

    /** A copy of a list that must hold something. */
    static <T> List<T> requireNonEmpty(String name, List<T> list) {
      requirePresent(name, list);
      require(list.isEmpty() == false, name, "hold at least one entry", 0);
      return List.copyOf(list);
    }
  }
}
