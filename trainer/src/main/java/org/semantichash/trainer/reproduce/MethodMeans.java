// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

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
