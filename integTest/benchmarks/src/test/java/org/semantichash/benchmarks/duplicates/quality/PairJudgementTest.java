// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.semantichash.duplicates.ShingledText;
import org.semantichash.duplicates.ShingledText.Shingler;
import org.semantichash.duplicates.TextSimilarity;

/** Every pair of a small corpus, judged one by one. */
class PairJudgementTest {

  private static final int RADIUS = 5;

  private static List<String> corpus(Random random) {
    List<String> texts = new ArrayList<>();
    for (int text = 0; text < 60; text++) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        words.add("w" + random.nextInt(2000));
      }
      boolean alike = text % 10 == 9;
      texts.add(String.join(" ", words) + (alike ? " " + texts.getLast() : ""));
    }
    return texts;
  }

  @Test
  void everyPairIsJudgedOnce() {
    Random random = new Random(5);
    EditedCorpus corpus = EditedCorpus.of(corpus(random), 60, 5);
    assertEquals(75, corpus.texts().size());
    try (Shingler shingler = new Shingler(3, false)) {
      List<ShingledText> shingles =
          corpus.texts().stream().map(text -> shingler.of(List.of(text))).toList();
      PairJudgement judgement = new PairJudgement(corpus, shingles);
      judgement.add("sum", 8, RADIUS, (a, b) -> (a + b) % 10);
      judgement.add("all", 8, 0, (a, b) -> 0);
      List<Map<String, Object>> rows = judgement.rows("corpus");
      double[] mins = {0, 0.33};
      assertEquals(mins.length * (RADIUS + 2), rows.size());
      for (int radius = 0; radius <= RADIUS; radius++) {
        for (int min = 0; min < mins.length; min++) {
          assertRow(rows.get(mins.length * radius + min), corpus, shingles, radius, mins[min]);
        }
      }
      Map<String, Object> all = rows.getLast();
      assertEquals(true, all.get("verified"));
      assertEquals(37.0, all.get("candidates"));
      assertTrue((double) all.get("f1") <= (double) all.get("ceiling_f1"), all.toString());
      assertTrue((double) all.get("f1") > 0.7, all.toString());
    }
  }

  private static void assertRow(
      Map<String, Object> row,
      EditedCorpus corpus,
      List<ShingledText> shingles,
      int radius,
      double min) {
    int own = 0;
    int other = 0;
    int candidates = 0;
    for (int a = 0; a < shingles.size(); a++) {
      for (int b = 0; b < a; b++) {
        int family = corpus.original()[a];
        int otherFamily = corpus.original()[b];
        boolean near = (a + b) % 10 <= radius;
        candidates += near ? 1 : 0;
        double originals =
            TextSimilarity.JACCARD.of(shingles.get(family), shingles.get(otherFamily));
        boolean similar = TextSimilarity.JACCARD.of(shingles.get(a), shingles.get(b)) >= min;
        if (near && similar) {
          if (family == otherFamily) {
            own++;
          } else if (originals < 0.2) {
            other++;
          }
        }
      }
    }
    String message = "radius " + radius + ": " + row;
    assertEquals(min > 0, row.get("verified"), message);
    assertEquals(min, row.get("min"), message);
    assertEquals(own / 15.0, (double) row.get("recall"), 1e-4, message);
    if (own + other > 0) {
      assertEquals((double) own / (own + other), (double) row.get("precision"), 1e-4, message);
    }
    assertEquals(candidates / 75.0, (double) row.get("candidates"), 1e-4, message);
  }
}
