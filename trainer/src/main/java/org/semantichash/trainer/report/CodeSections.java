// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import static org.semantichash.trainer.report.TrainingReport.number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.semantichash.bagofwords.SparseVector;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.page.Html;
import org.semantichash.trainer.report.TextSample.SampledText;

/**
 * What a report shows of the codes: where they lie, what their bits mean, which documents share
 * them.
 */
record CodeSections(Html html, TrainingReport report) {

  private static final int MAPPED = 2_000;
  private static final int LABELS = 10;
  private static final int ROWS = 24;
  private static final int BUCKETS = 10;
  private static final int TERMS = 8;
  private static final int QUERIES = 5;
  private static final int QUERY_TERMS = 5;
  private static final int[] DISTANCES = {0, 1, 5, 10, 20, 30};

  /**
   * Draws all of it.
   *
   * @param shares how often each bit is 1
   */
  void draw(List<Double> shares) {
    List<String> labels = frequentLabels(report.texts().training());
    drawMap(labels);
    drawLabels(labels);
    html.element("h2", "Balance of the bits").markup("\n");
    html.element(
        "p",
        "The share of the training documents in which each bit is 1; the line is a half. A bit far"
            + " from it tells few documents apart.");
    new ReportFigures(html).balance(shares);
    drawBits(shares);
    drawBuckets();
    drawNeighbours();
  }

  /** The most frequent labels, the most frequent first. */
  private static List<String> frequentLabels(List<SampledText> documents) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    documents.forEach(document -> document.labels().forEach(l -> counts.merge(l, 1, Integer::sum)));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(LABELS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void drawMap(List<String> labels) {
    List<SampledText> sampled = report.texts().training();
    int shown = Math.min(MAPPED, sampled.size());
    int[] colours =
        sampled.subList(0, shown).stream()
            .mapToInt(text -> text.labels().stream().mapToInt(labels::indexOf).max().orElse(-1))
            .toArray();
    html.element("h2", "Map of " + number(shown) + " codes").markup("\n");
    html.element(
        "p",
        "Each point is the code of a training document; codes that differ in few bits lie together"
            + " (t-SNE)."
            + (labels.isEmpty()
                ? " The documents have no labels, so all points have one colour."
                : " Colours are labels, the faint ones are all others; the numbers stand in the"
                    + " middle of theirs. Labels were "
                    + ("true".equals(report.model().metadata().options().get("supervised"))
                        ? "learned from."
                        : "not learned from.")));
    long seed = Long.parseLong(report.model().metadata().options().getOrDefault("seed", "1"));
    double[][] places = CodeMap.layout(report.codes().subList(0, shown), seed);
    new ReportFigures(html).map(places, colours, labels);
  }

  private void drawLabels(List<String> labels) {
    List<SampledText> sampled = report.texts().training();
    ReportFigures figures = new ReportFigures(html);
    html.element("h2", labels.isEmpty() ? "Codes" : "Codes of each label").markup("\n");
    html.element(
        "p",
        "A row is the code of a document, a column a bit, dark where it is 1. Documents of one kind"
            + " should have columns in common.");
    html.markup("<div class=\"beside\">");
    if (labels.isEmpty()) {
      figures.codes("any documents", report.codes().subList(0, Math.min(ROWS, sampled.size())));
    }
    for (String label : labels) {
      List<BinaryCode> rows =
          IntStream.range(0, sampled.size())
              .filter(i -> sampled.get(i).labels().contains(label))
              .limit(ROWS)
              .mapToObj(report.codes()::get)
              .toList();
      figures.codes(label, rows);
    }
    html.markup("</div>\n");
  }

  private void drawBits(List<Double> shares) {
    html.element("h2", "What each bit means").markup("\n");
    List<BitWords> bits = BitWords.of(report.network(), report.features().vectorizer());
    if (bits.isEmpty()) {
      html.element("p", "This model has hashed n-grams and no words.");
      return;
    }
    html.element(
        "p",
        "The words that switch a bit on or off the strongest when they stand alone, of the 3,000"
            + " that most documents have.");
    html.markup("<table class=\"grid\"><tr>").element("th", "bit").element("th", "ones");
    html.element("th", "on").element("th", "off").markup("</tr>\n");
    for (BitWords bit : bits) {
      html.markup("<tr>").markup("<td class=\"figure\">" + bit.bit() + "</td>");
      html.markup(
          String.format(
              Locale.ROOT, "<td class=\"figure\">%.0f %%</td>", 100 * shares.get(bit.bit())));
      html.element("td", String.join(", ", bit.on()));
      html.element("td", String.join(", ", bit.off())).markup("</tr>\n");
    }
    html.markup("</table>\n");
  }

  private void drawBuckets() {
    Map<BinaryCode, List<Integer>> buckets = new LinkedHashMap<>();
    for (int i = 0; i < report.codes().size(); i++) {
      buckets.computeIfAbsent(report.codes().get(i), unused -> new ArrayList<>()).add(i);
    }
    List<Map.Entry<BinaryCode, List<Integer>>> largest =
        buckets.entrySet().stream()
            .filter(bucket -> bucket.getValue().size() > 1)
            .sorted(Comparator.comparingInt(bucket -> -bucket.getValue().size()))
            .limit(BUCKETS)
            .toList();
    html.element("h2", "Largest buckets").markup("\n");
    html.element(
        "p",
        largest.isEmpty()
            ? "No two training documents have the same code."
            : "Codes that most training documents share, with the words that weigh most in them.");
    if (largest.isEmpty()) {
      return;
    }
    html.markup("<table class=\"grid\"><tr>").element("th", "documents").element("th", "words");
    html.element("th", "code").markup("</tr>\n");
    for (Map.Entry<BinaryCode, List<Integer>> bucket : largest) {
      html.markup("<tr>").element("td", number(bucket.getValue().size()));
      html.element("td", words(bucket.getValue()));
      html.markup("<td>").element("code", shortened(bucket.getKey().toHex()));
      html.markup("</td></tr>\n");
    }
    html.markup("</table>\n");
  }

  private static String shortened(String hex) {
    return hex.length() <= 16 ? hex : hex.substring(0, 16) + "\u2026";
  }

  private String words(List<Integer> documents) {
    Vocabulary vocabulary = report.features().vectorizer().vocabulary();
    if (vocabulary.ngrams().isPresent()) {
      return "hashed n-grams";
    }
    Map<Integer, Double> weights = new HashMap<>();
    for (int document : documents) {
      SparseVector vector = report.features().training().vectors().get(document);
      for (int i = 0; i < vector.size(); i++) {
        weights.merge(vector.id(i), (double) vector.weight(i), Double::sum);
      }
    }
    List<String> heaviest =
        weights.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(TERMS)
            .map(term -> vocabulary.term(term.getKey()))
            .toList();
    return heaviest.isEmpty() ? "no known word" : String.join(", ", heaviest);
  }

  private void drawNeighbours() {
    html.element("h2", "What lies at which distance").markup("\n");
    html.element(
        "p",
        "Documents that were not learned from, and for each a training document at some distances,"
            + " with the number of training documents there.");
    List<SparseVector> vectors =
        (report.features().test().size() == 0
                ? report.features().validation()
                : report.features().test())
            .vectors();
    List<SampledText> queries = report.texts().heldOut();
    int[] chosen =
        IntStream.range(0, queries.size())
            .filter(i -> vectors.get(i).size() >= QUERY_TERMS)
            .limit(QUERIES)
            .toArray();
    for (int query : chosen) {
      html.markup("<section>");
      drawText("query", queries.get(query));
      drawDistances(report.network().encode(vectors.get(query)));
      html.markup("</section>\n");
    }
    if (chosen.length == 0) {
      html.element("p", "No document held out has " + QUERY_TERMS + " known words.");
    }
  }

  private void drawDistances(BinaryCode query) {
    List<SampledText> sampled = report.texts().training();
    int[] distances = report.codes().stream().mapToInt(query::distance).toArray();
    for (int wanted : DISTANCES) {
      if (wanted > query.bits()) {
        continue;
      }
      long there = IntStream.of(distances).filter(distance -> distance == wanted).count();
      IntStream.range(0, sampled.size())
          .filter(i -> distances[i] == wanted)
          .findFirst()
          .ifPresentOrElse(
              i -> drawText(place(wanted, there), sampled.get(i)),
              () -> drawText(place(wanted, there), new SampledText("", List.of())));
    }
  }

  private static String place(int distance, long documents) {
    return "distance " + distance + ", " + number(documents) + " documents";
  }

  private void drawText(String what, SampledText text) {
    html.markup("<p class=\"head\">").element("span", what);
    if (text.labels().isEmpty() == false) {
      html.markup(" ").element("code", String.join(", ", text.labels()));
    }
    html.markup("</p>\n");
    if (text.text().isEmpty() == false) {
      html.markup("<p class=\"text\" dir=\"auto\">").text(text.text()).markup("</p>\n");
    }
  }
}
