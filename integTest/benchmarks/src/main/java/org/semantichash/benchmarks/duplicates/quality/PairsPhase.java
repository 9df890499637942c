// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.trainer.calibration.Calibration;
import org.semantichash.trainer.calibration.LabelledPair;
import org.semantichash.trainer.calibration.RadiusCurve.NamedCurve;

/**
 * Pairs that people wrote or judged: answers that were copied from an article, lightly or heavily
 * reworded (Clough and Stevenson, 2011), by a model of WordNet's glosses since a hundred texts
 * teach nothing; and sentences that say the same (Dolan and Brockett, 2005), by a model of these.
 */
public final class PairsPhase {

  public static final String NAME = "pairs";

  private final QualityScale scale;

  /** With these scale. */
  public PairsPhase(QualityScale scale) {
    this.scale = scale;
  }

  /** A step a data set and width; none without the files. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (int bits : new int[] {64, 128}) {
      String end = ", " + bits + " bits, seed " + scale.seed();
      scale
          .clough()
          .ifPresent(
              folder ->
                  steps.add(
                      new BenchmarkStep(NAME, "clough" + end, 60, () -> clough(folder, bits))));
      scale
          .mrpc()
          .ifPresent(
              folder ->
                  steps.add(new BenchmarkStep(NAME, "mrpc" + end, 120, () -> mrpc(folder, bits))));
    }
    return steps;
  }

  /**
   * Duplicates are the answers with the article that they were copied from, by degree; other pairs
   * are answers by people who had not seen it, and answers to other questions.
   */
  private List<Map<String, Object>> clough(Path folder, int bits) throws IOException {
    Map<String, List<LabelledPair>> byDegree = new LinkedHashMap<>();
    List<JsonNode> texts = JsonLines.read(folder);
    for (JsonNode article : texts) {
      if (label(article).equals("orig") == false) {
        continue;
      }
      for (JsonNode answer : texts) {
        if (label(answer).equals("orig") == false) {
          boolean same = answer.path("task").equals(article.path("task"));
          boolean copied = same && label(answer).equals("non") == false;
          byDegree
              .computeIfAbsent(copied ? label(answer) : "", degree -> new ArrayList<>())
              .add(new LabelledPair(text(article), text(answer), copied));
        }
      }
    }
    List<String> glosses = WordNet.nouns().stream().map(Gloss::text).toList();
    return rows("clough", "glosses", bits, glosses, byDegree);
  }

  private List<Map<String, Object>> mrpc(Path folder, int bits) throws IOException {
    Map<String, List<LabelledPair>> byDegree = new LinkedHashMap<>();
    List<String> sentences = new ArrayList<>();
    for (JsonNode pair : JsonLines.read(folder)) {
      boolean same = label(pair).equals("paraphrase");
      String other = pair.path("text2").asText();
      byDegree
          .computeIfAbsent(same ? "paraphrase" : "", degree -> new ArrayList<>())
          .add(new LabelledPair(text(pair), other, same));
      sentences.add(text(pair));
      sentences.add(other);
    }
    return rows("mrpc", "mrpc", bits, sentences, byDegree);
  }

  /** Curves of each degree, and of all, each with all pairs that are no duplicates. */
  private List<Map<String, Object>> rows(
      String data,
      String corpus,
      int bits,
      List<String> texts,
      Map<String, List<LabelledPair>> byDegree)
      throws IOException {
    List<LabelledPair> all = byDegree.values().stream().flatMap(List::stream).toList();
    List<Map<String, Object>> rows = new ArrayList<>();
    Models models = new Models(scale.work(), scale.trained());
    try (Contestants contestants = models.contestants(corpus, bits, texts)) {
      for (Contestants.Contestant one : contestants.all()) {
        CurveRows named = new CurveRows(data, one.method(), bits);
        rows.addAll(named.of(curve(CurveRows.ALL, bits, all, one)));
        for (Map.Entry<String, List<LabelledPair>> degree : byDegree.entrySet()) {
          if (degree.getKey().isEmpty() == false && byDegree.size() > 2) {
            List<LabelledPair> pairs = new ArrayList<>(degree.getValue());
            pairs.addAll(byDegree.get(""));
            rows.addAll(named.of(curve(degree.getKey(), bits, pairs, one)));
          }
        }
      }
    }
    return rows;
  }

  private static NamedCurve curve(
      String name, int bits, List<LabelledPair> pairs, Contestants.Contestant one) {
    return new NamedCurve(name, 0, Calibration.ofPairs(bits, pairs, one.code()).whole().curve());
  }

  private static String label(JsonNode record) {
    return record.path("labels").path(0).asText();
  }

  private static String text(JsonNode record) {
    return record.path("text").asText();
  }
}
