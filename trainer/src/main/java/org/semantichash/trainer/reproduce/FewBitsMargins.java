// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.reproduce;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** By how much WISH is above the better of its rivals with few bits, and was in its paper. */
final class FewBitsMargins {

  /** The table that it stands under. */
  private static final String TABLE = "few-bits";

  private static final String METHOD = "WISH";
  private static final List<String> RIVALS = List.of("NASH", "VDSH");
  private static final List<String> WIDTHS = List.of("4", "6", "8");

  private final TableSpec table;
  private final List<Line> lines;

  private FewBitsMargins(TableSpec table, List<Line> lines) {
    this.table = table;
    this.lines = lines;
  }

  /** A line of the page; nothing under another table. */
  static String under(TableSpec table, List<Line> lines) {
    return table.name().equals(TABLE) ? new FewBitsMargins(table, lines).toString() : "";
  }

  @Override
  public String toString() {
    return WIDTHS.stream()
        .map(
            width ->
                String.format(
                    Locale.ROOT,
                    "at %s bits %s (paper %s)",
                    width,
                    text(margin(label -> ours(label, width))),
                    text(margin(label -> paper(label, width)))))
        .collect(
            Collectors.joining(
                ", ",
                METHOD + " above the better of " + String.join(" and ", RIVALS) + ": ",
                ".\n"));
  }

  /** Empty unless all three methods have the number. */
  private OptionalDouble margin(Function<String, OptionalDouble> of) {
    OptionalDouble wish = of.apply(METHOD);
    List<OptionalDouble> rivals = RIVALS.stream().map(of).toList();
    if (wish.isEmpty() || rivals.stream().anyMatch(OptionalDouble::isEmpty)) {
      return OptionalDouble.empty();
    }
    double best = rivals.stream().mapToDouble(OptionalDouble::getAsDouble).max().getAsDouble();
    return OptionalDouble.of(wish.getAsDouble() - best);
  }

  private OptionalDouble ours(String label, String width) {
    return lines.stream()
        .filter(line -> line.run().label().equals(label) && line.scores().containsKey(width))
        .mapToDouble(line -> line.scores().get(width).mean())
        .findFirst();
  }

  private OptionalDouble paper(String label, String width) {
    return table.runs().stream()
        .filter(run -> run.label().equals(label) && run.paper().containsKey(width))
        .mapToDouble(run -> run.paper().get(width))
        .findFirst();
  }

  private static String text(OptionalDouble margin) {
    return margin.isEmpty() ? "–" : String.format(Locale.ROOT, "%+.4f", margin.getAsDouble());
  }
}
