// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of widths that several experiments have, with one line a method.
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
}
