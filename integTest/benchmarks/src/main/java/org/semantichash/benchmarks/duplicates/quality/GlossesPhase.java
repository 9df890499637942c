// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.it.corpus.Gloss;
import org.semantichash.it.corpus.WordNet;
import org.semantichash.trainer.calibration.Edit;
import org.semantichash.trainer.calibration.PlantedSample;
import org.semantichash.trainer.calibration.RadiusCurve.NamedCurve;

/**
 * WordNet's glosses and changed copies of them, up to a million texts: with the number of texts the
 * unrelated pairs grow, and precision falls. Pairs of {@value #QUERIES} random glosses with all
 * texts are looked at.
 *
 * <p>With fewer than 20 copies a gloss, rates do not come with all kinds of edits: the rows by rate
 * tell how sizes and methods compare, not how rates do.
 */
public final class GlossesPhase {

  public static final String NAME = "glosses";

  private static final int QUERIES = 2000;
  private static final int FEWEST_COPIES = 5;
  private static final int[] SIZES = {10_000, 100_000, 1_000_000};

  private final QualityScale scale;

  /** With these scale. */
  public GlossesPhase(QualityScale scale) {
    this.scale = scale;
  }

  /** A step a size and width. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    for (int size : SIZES) {
      for (int bits : new int[] {64, 128}) {
        if (size <= Math.max(scale.glosses(), SIZES[0])) {
          int texts = Math.min(size, scale.glosses());
          String definition = texts + " texts, " + bits + " bits, seed " + scale.seed();
          steps.add(
              new BenchmarkStep(NAME, definition, 60 + texts / 5000, () -> measure(texts, bits)));
        }
      }
    }
    return steps;
  }

  private List<Map<String, Object>> measure(int size, int bits) throws IOException {
    List<String> all =
        WordNet.shuffled(WordNet.nouns(), scale.seed()).stream().map(Gloss::text).toList();
    int originals = Math.min(all.size(), size / (1 + FEWEST_COPIES));
    PlantedSample sample = PlantedSample.of(all.subList(0, originals), scale.seed());
    List<Edit> edits = edits(size / sample.texts().size() - 1);
    List<Integer> queries = queries(sample.texts().size());
    List<Map<String, Object>> rows = new ArrayList<>();
    Models models = new Models(scale.work(), scale.trained());
    try (Contestants contestants = models.contestants("glosses", bits, all)) {
      for (Contestants.Contestant one : contestants.all()) {
        CurveRows named = new CurveRows("glosses " + size, one.method(), bits);
        for (NamedCurve curve : CopyFamilies.measure(bits, sample, edits, queries, one.code())) {
          rows.addAll(named.of(curve));
        }
      }
    }
    return rows;
  }

  /** So many kinds and rates, no two equal: 4 kinds and 5 rates have no common divisor. */
  private static List<Edit> edits(int copies) {
    List<Edit> all = PlantedPhase.edits();
    int rates = PlantedPhase.RATES.size();
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < Math.min(copies, all.size()); i++) {
      edits.add(all.get(i % (all.size() / rates) * rates + i % rates));
    }
    return edits;
  }

  private List<Integer> queries(int originals) {
    SplittableRandom random = new SplittableRandom(scale.seed());
    return random.ints(QUERIES, 0, originals).distinct().boxed().toList();
  }
}
