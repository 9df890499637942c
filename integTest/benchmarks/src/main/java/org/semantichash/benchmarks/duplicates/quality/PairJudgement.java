// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import org.semantichash.duplicates.ShingledText;

/**
 * Judges all pairs of texts of a corpus with edited copies. The pair of a text and its copy is a
 * duplicate. A pair of other texts whose originals share a fifth of their shingles is too alike to
 * say, and does not count. All others are none.
 */
final class PairJudgement {

  private static final double ALIKE = 0.2;

  /** The least similarities of verified pairs; 0 for all. */
  private static final double[] MIN = {0, 0.33};

  private static final double[] CEILING = {0.2, 0.25, 0.3, 0.33, 0.35, 0.4, 0.45, 0.5};

  private final EditedCorpus corpus;
  private final List<ShingledText> shingles;
  private final Map<Long, List<Integer>> textsOf = new HashMap<>(); // by shingle, those before
  private final Set<Long> alike = new HashSet<>(); // pairs of originals
  private final List<Contestant> contestants = new ArrayList<>();
  private final Contestant ceiling;

  PairJudgement(EditedCorpus corpus, List<ShingledText> shingles) {
    this.corpus = corpus;
    this.shingles = shingles;
    this.ceiling = new Contestant("", 0, CEILING.length - 1, null);
  }

  /**
   * Who calls pairs candidates.
   *
   * @param bits of its hash
   * @param maxRadius the largest that is looked at
   * @param distance of two texts; null for the similarity itself
   */
  @SuppressWarnings("ArrayRecordComponent") // counts, never compared
  private record Contestant(
      String method,
      int bits,
      int maxRadius,
      IntBinaryOperator distance,
      long[] candidates,
      long[][] own,
      long[][] other) {

    Contestant(String method, int bits, int maxRadius, IntBinaryOperator distance) {
      this(
          method,
          bits,
          maxRadius,
          distance,
          new long[maxRadius + 1],
          new long[MIN.length][maxRadius + 1],
          new long[MIN.length][maxRadius + 1]);
    }

    void count(int at, boolean isOwn, boolean counts, double similarity) {
      candidates[at]++;
      for (int min = 0; counts && min < MIN.length && similarity >= MIN[min]; min++) {
        (isOwn ? own : other)[min][at]++;
      }
    }

    private static long within(long[] counts, int radius) {
      return Arrays.stream(counts, 0, radius + 1).sum();
    }
  }

  /** Adds one whose candidates are at these distances. */
  void add(String method, int bits, int maxRadius, IntBinaryOperator distance) {
    contestants.add(new Contestant(method, bits, maxRadius, distance));
  }

  /** Looks at all pairs, and gives a row for each radius, without and with verification. */
  List<Map<String, Object>> rows(String data) {
    for (int text = 0; text < shingles.size(); text++) {
      judge(text, similarities(text));
    }
    int duplicates = corpus.texts().size() - corpus.originals();
    double best = 0;
    for (int at = 0; at < CEILING.length; at++) {
      best =
          Math.max(
              best,
              f1(
                  Contestant.within(ceiling.own()[0], at),
                  Contestant.within(ceiling.other()[0], at),
                  duplicates));
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Contestant one : contestants) {
      for (int radius = 0; radius <= one.maxRadius(); radius++) {
        for (int min = 0; min < MIN.length; min++) {
          rows.add(row(data, one, radius, min, best));
        }
      }
    }
    return rows;
  }

  /** The Jaccard similarity of a text to each text before it. */
  private double[] similarities(int text) {
    int[] common = new int[text];
    for (long shingle : shingles.get(text).hashes()) {
      List<Integer> others = textsOf.computeIfAbsent(shingle, first -> new ArrayList<>());
      others.forEach(other -> common[other]++);
      others.add(text);
    }
    double[] similarities = new double[text];
    for (int other = 0; other < text; other++) {
      int all =
          shingles.get(text).hashes().length + shingles.get(other).hashes().length - common[other];
      similarities[other] = (double) common[other] / all;
    }
    return similarities;
  }

  private void judge(int text, double[] similarities) {
    int family = corpus.original()[text];
    for (int other = 0; other < text; other++) {
      int otherFamily = corpus.original()[other];
      boolean own = family == otherFamily;
      long families =
          ((long) Math.min(family, otherFamily) << Integer.SIZE) | Math.max(family, otherFamily);
      if (text < corpus.originals() && similarities[other] >= ALIKE) {
        alike.add(families);
      }
      boolean counts = own || alike.contains(families) == false;
      for (Contestant one : contestants) {
        int distance = one.distance().applyAsInt(text, other);
        if (distance <= one.maxRadius()) {
          one.count(distance, own, counts, similarities[other]);
        }
      }
      for (int at = 0; at < CEILING.length; at++) {
        if (similarities[other] >= CEILING[CEILING.length - 1 - at]) {
          ceiling.count(at, own, counts, similarities[other]);
          break;
        }
      }
    }
  }

  private Map<String, Object> row(
      String data, Contestant one, int radius, int min, double ceilingF1) {
    long own = Contestant.within(one.own()[min], radius);
    long other = Contestant.within(one.other()[min], radius);
    int duplicates = corpus.texts().size() - corpus.originals();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("data", data);
    row.put("method", one.method());
    row.put("bits", one.bits());
    row.put("radius", radius);
    row.put("verified", min > 0);
    row.put("min", MIN[min]);
    row.put("precision", own + other == 0 ? null : rounded((double) own / (own + other)));
    row.put("recall", rounded((double) own / duplicates));
    row.put("f1", rounded(f1(own, other, duplicates)));
    row.put("ceiling_f1", rounded(ceilingF1));
    row.put(
        "candidates",
        rounded((double) Contestant.within(one.candidates(), radius) / corpus.texts().size()));
    return row;
  }

  private static double f1(long own, long other, int duplicates) {
    return own == 0 ? 0 : 2.0 * own / (own + other + duplicates);
  }

  private static double rounded(double value) {
    return Math.rint(value * 1e4) / 1e4;
  }
}
