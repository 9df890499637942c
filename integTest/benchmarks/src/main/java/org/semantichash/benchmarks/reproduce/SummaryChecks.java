// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.semantichash.benchmarks.reproduce.SharedTable.MethodMeans;

/** What is expected of the methods beside each other, judged by ours alone. */
final class SummaryChecks {

  /** The first of each pair must be above the second, by the mean over the widths. */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("SNUH", "BMSH"),
          List.of("CorrSH", "BMSH"),
          List.of("BMSH", "NASH"),
          List.of("NASH", "VDSH"),
          List.of("VDSH", "LSH"));

  /** Above is what is above at four decimals. */
  private static final double ABOVE = 0.0001;

  /** Methods whose precision must last with more bits, by table. */
  private static final Map<String, List<String>> LASTING =
      Map.of("unsupervised", List.of("CorrSH", "SNUH", "auto"), "supervised", List.of("auto"));

  private static final int FEWER_BITS = 64;
  private static final int MORE_BITS = 128;

  /** By how much more bits may be worse. */
  private static final double LOSS = 0.01;

  /** By how much auto must be above every published method. */
  private static final double GAIN = 0.01;

  private static final String AUTO = "auto";

  /** Methods, by name, that auto is not measured by. */
  private static final Set<String> NOT_RIVALS = Set.of(AUTO, "itq", "lsh");

  private static final String UNSUPERVISED = "unsupervised";

  private static final String ALL = "all experiments";

  private SummaryChecks() {}

  /** All checks of the tables, in the order of the page. */
  static List<Check> of(List<SharedTable> tables) {
    List<Check> checks = new ArrayList<>();
    for (SharedTable table : tables) {
      if (table.name().equals(UNSUPERVISED)) {
        order(table, checks);
      }
      lasting(table, checks);
      if (table.name().equals(UNSUPERVISED)) {
        checks.add(gain(table));
      }
    }
    return List.copyOf(checks);
  }

  private static List<String> experiments(SharedTable table) {
    return List.copyOf(table.methods().get(0).byExperiment().keySet());
  }

  private static void order(SharedTable table, List<Check> checks) {
    List<String> places = new ArrayList<>(experiments(table));
    places.add(ALL);
    for (String place : places) {
      for (List<String> pair : ORDER) {
        String where = where(table, place, pair.get(0) + " above " + pair.get(1));
        checks.add(
            Check.lead(where, at(table, pair.get(0), place), at(table, pair.get(1), place), ABOVE));
      }
    }
  }

  private static void lasting(SharedTable table, List<Check> checks) {
    for (String experiment : experiments(table)) {
      for (String label : LASTING.getOrDefault(table.name(), List.of())) {
        checks.add(
            Check.lead(
                where(table, experiment, label + " no worse with more bits"),
                width(table, label, experiment, MORE_BITS),
                width(table, label, experiment, FEWER_BITS),
                -LOSS));
      }
    }
  }

  private static Check gain(SharedTable table) {
    List<MethodMeans> rivals =
        table.methods().stream().filter(m -> NOT_RIVALS.contains(m.method()) == false).toList();
    Check.NamedValue best =
        rivals.stream()
            .filter(m -> m.mean().isPresent())
            .max(Comparator.comparingDouble(m -> m.mean().getAsDouble()))
            .map(m -> new Check.NamedValue(m.label(), m.mean()))
            .orElse(new Check.NamedValue("a single method", OptionalDouble.empty()));
    String where = where(table, ALL, "auto above the best single method");
    Check check = Check.lead(where, at(table, AUTO, ALL), best, GAIN);
    String incomplete =
        rivals.stream()
            .filter(m -> m.mean().isEmpty())
            .map(MethodMeans::label)
            .collect(Collectors.joining(", "));
    // a method more can only raise the best, so a failure stays one
    return check.result() == Check.Result.OK && incomplete.isEmpty() == false
        ? check.open("incomplete: " + incomplete)
        : check;
  }

  private static String where(SharedTable table, String place, String claim) {
    return table.title() + ", " + place + ", " + claim;
  }

  private static Check.NamedValue at(SharedTable table, String label, String place) {
    Optional<OptionalDouble> mean =
        table
            .find(label)
            .map(m -> place.equals(ALL) ? m.mean() : m.byExperiment().get(place).mean());
    return new Check.NamedValue(label, mean.orElse(OptionalDouble.empty()));
  }

  private static Check.NamedValue width(
      SharedTable table, String label, String experiment, int bits) {
    OptionalDouble mean =
        table
            .find(label)
            .map(m -> m.byExperiment().get(experiment).ours().get(bits))
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty());
    return new Check.NamedValue(label + " at " + bits + " bits", mean);
  }

  /**
   * What is expected of two precisions, and whether it holds.
   *
   * @param result whether it holds
   * @param text where it was looked at, and the numbers
   */
  record Check(Result result, String text) {

    private static final double DECIMALS = 10_000;

    /** Whether a check holds. */
    enum Result {
      /** It holds. */
      OK,
      /** It does not. */
      FAIL,
      /** Rows that it needs are missing. */
      OPEN
    }

    /**
     * A precision with a name.
     *
     * @param name what the check calls it
     * @param value empty where rows are missing
     */
    record NamedValue(String name, OptionalDouble value) {

      @Override
      public String toString() {
        return name
            + (value.isPresent()
                ? String.format(Locale.ROOT, " %.4f", value.getAsDouble())
                : " incomplete");
      }
    }

    /**
     * Checks a lead, at the four decimals that are printed.
     *
     * @param where begins the text
     * @param least the smallest lead of the first over the second that is right; may be negative
     */
    static Check lead(String where, NamedValue first, NamedValue second, double least) {
      String numbers = where + ": " + first + ", " + second;
      if (first.value().isEmpty() || second.value().isEmpty()) {
        return new Check(Result.OPEN, numbers);
      }
      long lead = decimals(first.value().getAsDouble()) - decimals(second.value().getAsDouble());
      long lacking = decimals(least) - lead;
      return new Check(
          lacking <= 0 ? Result.OK : Result.FAIL,
          String.format(
              Locale.ROOT,
              "%s, lead %+.4f, must be at least %+.4f%s",
              numbers,
              lead / DECIMALS,
              least,
              lacking <= 0
                  ? ""
                  : String.format(Locale.ROOT, ", short by %.4f", lacking / DECIMALS)));
    }

    private static long decimals(double precision) {
      return Math.round(precision * DECIMALS);
    }

    /** The same numbers, not judged. */
    Check open(String reason) {
      return new Check(Result.OPEN, text + ", but " + reason);
    }
  }
}
