// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.semantichash.analysis.TextAnalyzer;
import org.semantichash.bagofwords.Vocabulary;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.encoder.IntegerNetwork;
import org.semantichash.encoder.ModelMetadata;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.evaluation.CodeStatistics;
import org.semantichash.trainer.evaluation.Evaluation;
import org.semantichash.trainer.evaluation.Evaluation.TermCoverage;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.Comparison;
import org.semantichash.trainer.evaluation.RetrievalEvaluator.RetrievalScore;
import org.semantichash.trainer.features.Features;
import org.semantichash.trainer.page.Html;
import org.semantichash.trainer.training.TrainingListener.EpochResult;

/**
 * A page about a training, one file of HTML that loads nothing and runs nothing. It holds the
 * beginnings of some texts; the model file holds none but the words of its vocabulary.
 *
 * @param name of the model file
 * @param model the file
 * @param network what it computes
 * @param features what it was trained and measured on
 * @param texts the documents that these are from, read
 * @param codes of the training documents
 * @param epochs each one that was run to its end
 * @param evaluation of the documents held out; empty where there are none
 * @param widths the same method with other widths; empty if nobody asked
 */
public record TrainingReport(
    String name,
    EncoderModel model,
    IntegerNetwork network,
    Features features,
    TextSample texts,
    List<BinaryCode> codes,
    List<EpochResult> epochs,
    Optional<Evaluation> evaluation,
    List<WidthScore> widths) {

  /**
   * How good codes of one width are.
   *
   * @param scores precisions by name, as an evaluation gives them
   */
  public record WidthScore(int bits, Map<String, Double> scores) {

    /** The precisions of an evaluation, or its recall of neighbours where there are no labels. */
    public static WidthScore of(int bits, Evaluation evaluation) {
      Map<String, Double> scores = new LinkedHashMap<>();
      Map<String, Object> figures = evaluation.toMap();
      String k = "" + evaluation.k();
      put(scores, "precision of the first", figures.get("precision_at_1"));
      put(scores, "of 10", figures.get("precision_at_10"));
      put(scores, "of " + k, figures.get("precision"));
      if (scores.isEmpty()) {
        put(scores, "10 nearest by cosine found", figures.get("neighbour_recall_10_at_100"));
      }
      return new WidthScore(bits, scores);
    }

    private static void put(Map<String, Double> scores, String name, Object value) {
      if (value instanceof Double number) {
        scores.put(name, number);
      }
    }
  }

  /** Makes the page; the same for the same training. */
  public String page() {
    CodeStatistics statistics = CodeStatistics.of(codes);
    Html html = Html.begin("Training of " + name);
    drawSummary(html, statistics);
    drawCurves(html);
    drawWidths(html);
    new CodeSections(html, this).draw(statistics.balance().shares());
    return html.end();
  }

  private void drawSummary(Html html, CodeStatistics statistics) {
    ModelMetadata metadata = model.metadata();
    TermCoverage coverage = TermCoverage.of(features.training().vectors());
    html.markup("<table>\n");
    row(html, "method", metadata.method() + ", " + network.bits() + " bits");
    if ("true".equals(metadata.provenance().get("interrupted"))) {
      row(html, "training", "interrupted; this is the best network until then");
    }
    row(
        html,
        "documents",
        number(features.training().size())
            + " to learn from, "
            + number(features.validation().size())
            + " to choose the epoch, "
            + number(features.test().size())
            + " held out");
    row(html, "words of the vocabulary", number(features.vectorizer().vocabulary().size()));
    row(html, "share of unknown words", new UnknownWords(metadata, texts.wholeTexts()).text());
    row(html, "texts without a known word", coverage.line());
    row(
        html,
        "distinct codes",
        number(statistics.distinct()) + " of " + number(statistics.documents()));
    row(
        html,
        "largest bucket",
        String.format(
            Locale.ROOT,
            "%,d documents (%.1f %%)",
            statistics.largestBucket(),
            100 * statistics.largestBucketShare()));
    row(html, "bits that never change", "" + statistics.deadBits());
    evaluation.ifPresent(measured -> drawEvaluation(html, measured));
    row(html, "SHA-256 of the model", model.digest());
    html.markup("</table>\n");
    statistics.warning(coverage).ifPresent(text -> html.element("p", "Warning: " + text));
    html.element(
        "p",
        "This page shows the beginnings of some of the texts and their words: whoever may read it"
            + " reads them. The model file holds the words of its vocabulary, and no text.");
  }

  private static void drawEvaluation(Html html, Evaluation measured) {
    Comparison comparison = measured.comparison();
    if (comparison.codes().queries() > 0) {
      row(
          html,
          "precision of the first, 10, " + measured.k() + " nearest",
          precisions(comparison.codes()));
      row(html, "the same by exact TF-IDF cosine", precisions(comparison.cosine()));
      row(html, "by chance", String.format(Locale.ROOT, "%.3f", measured.chance().precision()));
      measured
          .labelProblem()
          .ifPresent(problem -> row(html, "these say nothing of the codes", problem));
    }
    if (comparison.neighbours().queries() > 0) {
      row(
          html,
          "10 nearest by cosine among the 100 nearest codes",
          String.format(Locale.ROOT, "%.1f %%", 100 * comparison.neighbours().of10()));
    }
  }

  private static String precisions(RetrievalScore score) {
    return String.format(
        Locale.ROOT, "%.3f, %.3f, %.3f", score.at1(), score.at10(), score.precision());
  }

  private void drawCurves(Html html) {
    html.element("h2", "Loss and validation").markup("\n");
    if (epochs.isEmpty()) {
      html.element("p", "This method learns without epochs, or none was run to its end.");
      return;
    }
    int best =
        epochs.stream().filter(EpochResult::best).mapToInt(EpochResult::epoch).max().orElse(0);
    ReportFigures figures = new ReportFigures(html);
    html.markup("<div class=\"beside\">");
    figures.curve("Loss of the training documents, in nats", series(EpochResult::meanLoss), 0);
    figures.curve(
        "Validation score; the ring is the epoch that was kept",
        series(EpochResult::validationScore),
        best - epochs.getFirst().epoch() + 1);
    html.markup("</div>\n");
  }

  private double[] series(ToDoubleFunction<EpochResult> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }

  private void drawWidths(Html html) {
    if (widths.isEmpty()) {
      return;
    }
    html.element("h2", "Precision by width").markup("\n");
    html.element(
        "p",
        "The same method and options with other widths, measured on the documents held out; the"
            + " model as it is stored, the others before their weights became integers.");
    html.markup("<table class=\"grid\"><tr>").element("th", "bits");
    widths.getFirst().scores().keySet().forEach(score -> html.element("th", score));
    html.markup("</tr>\n");
    for (WidthScore width : widths) {
      html.markup("<tr>").element("td", "" + width.bits());
      width
          .scores()
          .values()
          .forEach(score -> html.element("td", String.format(Locale.ROOT, "%.3f", score)));
      html.markup("</tr>\n");
    }
    html.markup("</table>\n");
  }

  private static void row(Html html, String name, String value) {
    html.markup("<tr>").element("th", name).element("td", value).markup("</tr>\n");
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * How much of texts a model does not know.
   *
   * @param texts that it was not trained on
   */
  record UnknownWords(ModelMetadata metadata, List<String> texts) {

    String text() {
      Vocabulary vocabulary = metadata.vectorizer().vocabulary();
      if (vocabulary.ngrams().isPresent()) {
        return "none, its n-grams are hashed";
      }
      long words = 0;
      long unknown = 0;
      Set<String> different = new HashSet<>();
      try (TextAnalyzer analyzer = new TextAnalyzer(metadata.analyzer())) {
        for (String text : texts) {
          for (String word : analyzer.terms(text)) {
            words++;
            if (vocabulary.indexOf(word) < 0) {
              unknown++;
              different.add(word);
            }
          }
        }
      }
      return String.format(
          Locale.ROOT,
          "%.1f %% of %,d words in %,d texts held out, %,d different ones",
          100.0 * unknown / Math.max(1, words),
          words,
          texts.size(),
          different.size());
    }
  }
}
