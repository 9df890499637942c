// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.semantichash.benchmarks.reproduce.Experiment.RunSpec;
import org.semantichash.benchmarks.reproduce.Experiment.TableSpec;
import org.semantichash.benchmarks.reproduce.Plan.Reference;
import org.semantichash.benchmarks.reproduce.Row.CodeUse;
import org.semantichash.benchmarks.reproduce.Row.Course;
import org.semantichash.benchmarks.reproduce.Row.Precision;
import org.semantichash.benchmarks.reproduce.TableLine.Score;

/** A table's part of the page. */
final class TablePage {

  private final Experiment experiment;
  private final TableSpec table;
  private final List<Row> rows;
  private final List<TableLine> lines;
  private final Predicate<Row> outdated;

  TablePage(Experiment experiment, TableSpec table, List<Row> all, Predicate<Row> outdated) {
    this.experiment = experiment;
    this.table = table;
    this.outdated = outdated;
    this.rows = all.stream().filter(row -> row.key().table().equals(table.name())).toList();
    this.lines =
        TableLine.of(table, rows).stream()
            .filter(line -> line.scores().isEmpty() == false)
            .toList();
  }

  String toMarkdown() {
    StringBuilder page = new StringBuilder("## " + table.title() + "\n\n");
    if (lines.isEmpty()) {
      return page.append("Nothing is recorded yet.\n\n").toString();
    }
    String picture = TablePicture.name(experiment, table);
    page.append("![").append(table.title()).append("](").append(picture).append(")\n\n");
    page.append(precision()).append('\n');
    String margins = FewBitsMargins.under(table, lines);
    page.append(margins).append(margins.isEmpty() ? "" : "\n");
    page.append(firstHits());
    page.append("Codes of the training documents: different codes, mean entropy of a bit:\n\n");
    page.append(each(this::codes)).append('\n');
    page.append(
        "Seconds an epoch (median, validation not included), epoch kept of epochs run:\n\n");
    page.append(each(this::course)).append('\n');
    return page.append(options()).append('\n').toString();
  }

  private List<String> header(String last) {
    List<String> header = new ArrayList<>();
    header.add(table.vary() == null ? "bits" : table.vary().option());
    header.addAll(table.columns());
    if (last.isEmpty() == false) {
      header.add(last);
    }
    return header;
  }

  private String precision() {
    MarkdownTable markdown = new MarkdownTable(header("average"));
    for (TableLine line : lines) {
      boolean old = line.rows().values().stream().flatMap(List::stream).anyMatch(outdated);
      List<String> cells = new ArrayList<>(List.of(line.run().label() + (old ? " †" : "")));
      for (String column : table.columns()) {
        cells.add(score(line.scores().get(column)));
      }
      cells.add(decimals(line.average()) + brackets(line.paperAverage()));
      markdown.add(cells);
    }
    for (Row row : rows) {
      if (Reference.of(row.key()).isPresent()) {
        List<String> cells = new ArrayList<>(List.of(row.key().label()));
        String precision = decimals(OptionalDouble.of(row.precision().at100()));
        table.columns().forEach(unused -> cells.add(precision));
        cells.add(precision);
        markdown.add(cells);
      }
    }
    return markdown.toString();
  }

  private static String score(Score score) {
    if (score == null) {
      return "–";
    }
    String spread = score.seeds() > 1 ? String.format(Locale.ROOT, " ± %.4f", score.spread()) : "";
    OptionalDouble paper =
        score.paper() == null ? OptionalDouble.empty() : OptionalDouble.of(score.paper());
    return (decimals(OptionalDouble.of(score.mean()))
            + spread
            + brackets(paper)
            + " "
            + score.verdict().mark())
        .strip();
  }

  private static String decimals(OptionalDouble value) {
    return value.isEmpty() ? "–" : String.format(Locale.ROOT, "%.4f", value.getAsDouble());
  }

  private static String brackets(OptionalDouble value) {
    return value.isEmpty() ? "" : " (" + decimals(value) + ")";
  }

  private String each(Function<List<Row>, String> text) {
    MarkdownTable markdown = new MarkdownTable(header(""));
    for (TableLine line : lines) {
      List<String> cells = new ArrayList<>(List.of(line.run().label()));
      for (String column : table.columns()) {
        List<Row> here = line.rows().get(column);
        cells.add(here == null ? "–" : text.apply(here));
      }
      markdown.add(cells);
    }
    return markdown.toString();
  }

  /** What a reader of the first page of hits sees; nothing where rows do not tell. */
  private String firstHits() {
    if (rows.stream().allMatch(row -> row.precision().at1() == null)) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "Precision of the nearest and of the 10 nearest; different codes of 100 different texts,"
                + " documents of the most frequent code (first seed):\n\n");
    text.append(each(here -> firstHits(here.getFirst())));
    rows.stream()
        .filter(row -> Reference.of(row.key()).isPresent())
        .forEach(
            row ->
                text.append("\n- ").append(row.key().label()).append(": ").append(firstHits(row)));
    return text.append("\n\n").toString();
  }

  private static String firstHits(Row row) {
    Precision precision = row.precision();
    if (precision.at1() == null) {
      return "–";
    }
    String nearest = String.format(Locale.ROOT, "%.4f %.4f", precision.at1(), precision.at10());
    CodeUse codes = row.codes();
    return codes.distinctShare() == null
        ? nearest
        : nearest
            + String.format(
                Locale.ROOT, "; %.1f, %d", 100 * codes.distinctShare(), codes.largestBucket());
  }

  /** Of the first seed. */
  private String codes(List<Row> here) {
    CodeUse codes = here.get(0).codes();
    return String.format(Locale.ROOT, "%d, %.3f", codes.distinctCodes(), codes.meanBitEntropy());
  }

  /** Of the first seed. */
  private String course(List<Row> here) {
    Course course = here.get(0).course();
    return course.secondsPerEpoch() == null
        ? "–"
        : String.format(
            Locale.ROOT,
            "%.2f, %d of %d",
            course.secondsPerEpoch(),
            course.bestEpoch(),
            course.epochs());
  }

  private String options() {
    StringBuilder text = new StringBuilder();
    for (TableLine line : lines) {
      RunSpec run = line.run();
      text.append("- ").append(run.label()).append(": method `").append(run.method()).append('`');
      text.append(run.supervised() ? ", supervised" : "");
      text.append(list(run.options()));
      new TreeMap<>(run.optionsByBits())
          .forEach((bits, o) -> text.append("; at ").append(bits).append(" bits").append(list(o)));
      text.append("; seeds ").append(seeds(line)).append('\n');
    }
    return text.toString();
  }

  private static String list(Map<String, String> options) {
    return ExperimentPage.list(options).isEmpty() ? "" : ", " + ExperimentPage.list(options);
  }

  private static String seeds(TableLine line) {
    return line.rows().values().stream()
        .flatMap(List::stream)
        .map(row -> row.key().seed())
        .distinct()
        .sorted()
        .map(String::valueOf)
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  /** By how much WISH is above the better of its rivals with few bits, and was in its paper. */
  static final class FewBitsMargins {

    /** The table above it. */
    private static final String TABLE = "few-bits";

    private static final String METHOD = "WISH";
    private static final List<String> RIVALS = List.of("NASH", "VDSH");
    private static final List<String> WIDTHS = List.of("4", "6", "8");

    private final TableSpec table;
    private final List<TableLine> lines;

    private FewBitsMargins(TableSpec table, List<TableLine> lines) {
      this.table = table;
      this.lines = lines;
    }

    /** A line of the page; nothing under another table. */
    static String under(TableSpec table, List<TableLine> lines) {
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
}
