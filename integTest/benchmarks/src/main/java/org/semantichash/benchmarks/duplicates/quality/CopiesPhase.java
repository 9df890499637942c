// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.trainer.calibration.Calibration;
import org.semantichash.trainer.calibration.Edit;
import org.semantichash.trainer.calibration.Edit.EditKind;
import org.semantichash.trainer.calibration.PlantedSample;
import org.semantichash.trainer.calibration.RadiusCurve.NamedCurve;

/**
 * Copies with thirteen kinds of edits, those that people and programs make, planted among package
 * descriptions, news and posts: the built-in model and {@code lsh}, which has counted the words of
 * these very texts, beside SimHash and MinHash of the features of each. Texts that the corpus has
 * twice or nearly so are left out, found by comparing the runs of three words of all texts; so what
 * counts as an error is one.
 */
public final class CopiesPhase {

  public static final String NAME = "copies";

  /** What a text shares with another one that is left out: runs of three words, of all of both. */
  private static final double SIMILAR = .2;

  private static final int RUN = 3;

  /** Of the codes, in bits; the first also has the contestants that have a width of their own. */
  static final List<Integer> WIDTHS = List.of(64, 128);

  /** Single kinds of edits have rows for one radius: this part of the width. */
  static final int SHOWN = 8;

  private static final int FEWEST_WORDS = 20;
  private static final int MOST_WORDS = 1000;

  private final QualityScale scale;

  /** With this scale. */
  public CopiesPhase(QualityScale scale) {
    this.scale = scale;
  }

  /** Kinds with the percentage of the words that are edited. */
  static List<Edit> edits() {
    return List.of(
        new Edit(EditKind.DROP, 10),
        new Edit(EditKind.SWAP, 10),
        new Edit(EditKind.INSERT, 10),
        new Edit(EditKind.REPLACE, 5),
        new Edit(EditKind.REPLACE, 10),
        new Edit(EditKind.REPLACE, 20),
        new Edit(EditKind.TRUNCATE, 20),
        new Edit(EditKind.TRUNCATE, 50),
        new Edit(EditKind.PREPEND, 25),
        new Edit(EditKind.APPEND, 25),
        new Edit(EditKind.SURROUND, 40),
        new Edit(EditKind.REORDER, 100),
        new Edit(EditKind.PLAIN, 100));
  }

  /** The files that there are, by name. */
  static Map<String, Path> corpora(QualityScale scale) {
    Map<String, Path> corpora = new LinkedHashMap<>();
    scale.debian().ifPresent(file -> corpora.put("debian", file));
    scale.news().ifPresent(file -> corpora.put("reuters", file));
    scale.posts().ifPresent(file -> corpora.put("20newsgroups", file));
    return corpora;
  }

  /** A step a corpus and width; none without the files. */
  public List<BenchmarkStep> steps() {
    return steps(scale, NAME, 200, this::measure);
  }

  /** Measures the texts of one corpus by codes of one width. */
  @FunctionalInterface
  interface Measurement {

    List<Map<String, Object>> rows(String data, Path file, int bits) throws IOException;
  }

  /** The same of another phase. */
  static List<BenchmarkStep> steps(
      QualityScale scale, String phase, double seconds, Measurement measurement) {
    List<BenchmarkStep> steps = new ArrayList<>();
    corpora(scale)
        .forEach(
            (data, file) -> {
              for (int bits : WIDTHS) {
                String definition =
                    String.join(
                        ", ",
                        data,
                        scale.planted() + " texts",
                        bits + " bits",
                        "seed " + scale.seed());
                steps.add(
                    new BenchmarkStep(
                        phase, definition, seconds, () -> measurement.rows(data, file, bits)));
              }
            });
    return steps;
  }

  /** All texts of a corpus, in the order of its file. */
  static List<String> texts(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    JsonLines.read(file).forEach(record -> texts.add(record.path("text").asText()));
    return texts;
  }

  private List<Map<String, Object>> measure(String data, Path file, int bits) throws IOException {
    List<String> texts = texts(file);
    Collections.shuffle(texts, new Random(scale.seed()));
    List<String> sample = different(texts, scale.planted());
    PlantedSample planted = PlantedSample.of(sample, scale.seed());
    List<Map<String, Object>> rows = new ArrayList<>();
    Models models = new Models(scale.work(), scale.trained());
    for (Contestants contestants : models.withoutNetworks(data, bits, sample)) {
      try (contestants) {
        for (Contestants.Contestant one : contestants.all()) {
          Calibration measured = Calibration.planted(bits, planted, edits(), one.code());
          CurveRows named = new CurveRows(data + " copies", one.method(), bits);
          rows.addAll(named.of(new NamedCurve(CurveRows.ALL, 0, measured.whole().curve())));
          for (NamedCurve part : measured.parts()) {
            named.of(part).stream()
                .filter(row -> row.get("radius").equals(bits / SHOWN))
                .forEach(rows::add);
          }
        }
      }
    }
    return rows;
  }

  /** The first so many texts of which no two share much. */
  static List<String> different(List<String> texts, int most) {
    List<String> kept = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    Map<String, List<Integer>> byRun = new HashMap<>();
    for (String text : texts) {
      List<String> words = List.of(text.strip().split("\\s+"));
      if (kept.size() == most) {
        break;
      }
      if (words.size() < FEWEST_WORDS) {
        continue;
      }
      List<String> beginning = words.subList(0, Math.min(words.size(), MOST_WORDS));
      Set<String> runs = runs(beginning);
      if (isLike(runs, sizes, byRun) == false) {
        int number = kept.size();
        kept.add(String.join(" ", beginning));
        sizes.add(runs.size());
        runs.forEach(run -> byRun.computeIfAbsent(run, r -> new ArrayList<>()).add(number));
      }
    }
    return kept;
  }

  private static Set<String> runs(List<String> words) {
    Set<String> runs = new HashSet<>();
    for (int i = 0; i + RUN <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + RUN)).toLowerCase(Locale.ROOT));
    }
    return runs;
  }

  private static boolean isLike(
      Set<String> runs, List<Integer> sizes, Map<String, List<Integer>> byRun) {
    Map<Integer, Integer> shared = new HashMap<>();
    for (String run : runs) {
      for (int other : byRun.getOrDefault(run, List.of())) {
        int both = shared.merge(other, 1, Integer::sum);
        if (both >= SIMILAR * (runs.size() + sizes.get(other) - both)) {
          return true; // the share only grows with what they have in common
        }
      }
    }
    return false;
  }
}
