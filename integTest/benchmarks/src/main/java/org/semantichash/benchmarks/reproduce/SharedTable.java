// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.semantichash.benchmarks.reproduce.Experiment.RunSpec;
import org.semantichash.benchmarks.reproduce.Experiment.SpecCheck;
import org.semantichash.benchmarks.reproduce.Experiment.TableSpec;
import org.semantichash.benchmarks.reproduce.Results.RowFile;

/**
 * A table of widths that several experiments have, with one line per method.
 *
 * @param name of the table
 * @param title its heading in the first experiment
 * @param methods best of ours first; those that are not complete last
 */
record SharedTable(String name, String title, List<MethodMeans> methods) {

  /** The names of tables that are compared across experiments. */
  static final List<String> NAMES = List.of("unsupervised", "supervised");

  /** The tables of {@link #NAMES} that all experiments have. */
  static List<SharedTable> of(List<RecordedExperiment> experiments) {
    return NAMES.stream().flatMap(name -> of(name, experiments).stream()).toList();
  }

  private static Optional<SharedTable> of(String name, List<RecordedExperiment> experiments) {
    Map<RecordedExperiment, TableSpec> tables = new LinkedHashMap<>();
    for (RecordedExperiment recorded : experiments) {
      recorded.experiment().tables().stream()
          .filter(table -> table.name().equals(name) && table.vary() == null)
          .forEach(table -> tables.put(recorded, table));
    }
    if (tables.isEmpty() || tables.size() < experiments.size()) {
      return Optional.empty();
    }
    Set<String> labels = new LinkedHashSet<>();
    tables.values().forEach(table -> table.runs().forEach(run -> labels.add(run.label())));
    List<MethodMeans> methods = new ArrayList<>();
    labels.forEach(label -> methods.add(means(label, tables)));
    methods.sort(
        Comparator.comparingDouble((MethodMeans m) -> m.mean().orElse(Double.NEGATIVE_INFINITY))
            .reversed());
    return Optional.of(new SharedTable(name, tables.values().iterator().next().title(), methods));
  }

  private static MethodMeans means(String label, Map<RecordedExperiment, TableSpec> tables) {
    Map<String, WidthMeans> byExperiment = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    tables.forEach(
        (recorded, table) -> {
          Optional<RunSpec> run =
              table.runs().stream().filter(r -> r.label().equals(label)).findFirst();
          run.ifPresent(r -> names.add(r.method()));
          byExperiment.put(
              recorded.experiment().name(),
              run.map(r -> WidthMeans.of(table, r, recorded.rows())).orElse(WidthMeans.ABSENT));
        });
    return new MethodMeans(label, names.iterator().next(), byExperiment);
  }

  /** A method by its label. */
  Optional<MethodMeans> find(String label) {
    return methods.stream().filter(method -> method.label().equals(label)).findFirst();
  }

  /**
   * A method's precision in several experiments.
   *
   * @param label of its lines
   * @param method its name
   * @param byExperiment by the experiment's name, for every experiment, in their order
   */
  record MethodMeans(String label, String method, Map<String, WidthMeans> byExperiment) {

    /** Ours over all experiments, each of the same weight; empty where anything is missing. */
    OptionalDouble mean() {
      return mean(WidthMeans::mean);
    }

    /** The papers' over all experiments; empty where they lack one number. */
    OptionalDouble paperMean() {
      return mean(WidthMeans::paperMean);
    }

    private OptionalDouble mean(Function<WidthMeans, OptionalDouble> of) {
      List<OptionalDouble> means = byExperiment.values().stream().map(of).toList();
      return means.stream().allMatch(OptionalDouble::isPresent)
          ? means.stream().mapToDouble(OptionalDouble::getAsDouble).average()
          : OptionalDouble.empty();
    }

    /** What is missing of all experiments, by experiment, as text; empty where nothing is. */
    String missing() {
      return byExperiment.entrySet().stream()
          .filter(entry -> entry.getValue().missing().isEmpty() == false)
          .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue().missing()))
          .collect(Collectors.joining("; "));
    }
  }

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
      TableLine line = TableLine.of(table, run, rows);
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

  /**
   * An experiment with what is recorded of it.
   *
   * @param experiment what is wanted
   * @param rows the wanted rows that are recorded, in the experiment's order; may be none
   */
  public record RecordedExperiment(Experiment experiment, List<Row> rows) {

    /** Checks. */
    public RecordedExperiment {
      SpecCheck.requirePresent("experiment", experiment);
      rows = List.copyOf(rows);
    }

    /** Reads the rows; none where there is no file yet. */
    public static RecordedExperiment read(Experiment experiment, Path rowFile) throws IOException {
      return new RecordedExperiment(
          experiment, new Results(new RowFile(rowFile), Plan.of(experiment)).wanted());
    }
  }
}
