// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.semantichash.benchmarks.harness.BenchmarkStep;
import org.semantichash.trainer.calibration.Calibration;
import org.semantichash.trainer.calibration.Edit;
import org.semantichash.trainer.calibration.Edit.EditKind;
import org.semantichash.trainer.calibration.PlantedSample;
import org.semantichash.trainer.calibration.RadiusCurve.NamedCurve;

/** Changed copies planted among package descriptions; see {@link Calibration#planted}. */
public final class PlantedPhase {

  public static final String NAME = "planted";

  /** How many of the words are changed, in percent. */
  static final List<Integer> RATES = List.of(1, 5, 10, 20, 30);

  private static final List<EditKind> KINDS =
      List.of(EditKind.DROP, EditKind.SWAP, EditKind.TRUNCATE, EditKind.APPEND);

  private final QualityScale scale;

  /** With these scale. */
  public PlantedPhase(QualityScale scale) {
    this.scale = scale;
  }

  /** A step a width; none without the file. */
  public List<BenchmarkStep> steps() {
    List<BenchmarkStep> steps = new ArrayList<>();
    scale.debian().ifPresent(file -> List.of(64, 128).forEach(bits -> add(steps, file, bits)));
    return steps;
  }

  private void add(List<BenchmarkStep> steps, Path file, int bits) {
    String definition = scale.planted() + " descriptions, " + bits + " bits, seed " + scale.seed();
    steps.add(new BenchmarkStep(NAME, definition, 300, () -> measure(file, bits)));
  }

  private List<Map<String, Object>> measure(Path file, int bits) throws IOException {
    List<String> texts = new ArrayList<>();
    JsonLines.read(file).forEach(record -> texts.add(record.path("text").asText()));
    List<String> shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, new Random(scale.seed()));
    PlantedSample sample =
        PlantedSample.of(
            shuffled.subList(0, Math.min(shuffled.size(), scale.planted())), scale.seed());
    List<Map<String, Object>> rows = new ArrayList<>();
    Models models = new Models(scale.work(), scale.trained());
    try (Contestants contestants = models.contestants("debian", bits, texts)) {
      for (Contestants.Contestant one : contestants.all()) {
        Calibration measured = Calibration.planted(bits, sample, edits(), one.code());
        CurveRows named = new CurveRows("debian", one.method(), bits);
        rows.addAll(named.of(new NamedCurve(CurveRows.ALL, 0, measured.whole().curve())));
        measured.parts().forEach(part -> rows.addAll(named.of(part)));
      }
    }
    return rows;
  }

  /** Every kind at every rate. */
  static List<Edit> edits() {
    List<Edit> edits = new ArrayList<>();
    for (EditKind kind : KINDS) {
      RATES.forEach(rate -> edits.add(new Edit(kind, rate)));
    }
    return edits;
  }
}
