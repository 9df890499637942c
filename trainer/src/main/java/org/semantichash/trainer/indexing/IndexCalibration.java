// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.indexing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.semantichash.hash.BinaryCode;
import org.semantichash.hash.StampedCode;
import org.semantichash.trainer.calibration.Calibration;
import org.semantichash.trainer.calibration.CalibrationReport;
import org.semantichash.trainer.calibration.Edit;
import org.semantichash.trainer.calibration.Edit.EditKind;
import org.semantichash.trainer.calibration.PlantedSample;
import org.semantichash.trainer.calibration.RadiusCurve.RadiusRule;
import org.semantichash.trainer.cluster.Rest;
import org.semantichash.trainer.indexing.DocumentHasher.ClusterTextHasher;

/**
 * Measures, with changed copies of texts that the cluster hashes, which radius tells
 * near-duplicates from other texts. The changes are those that `calibrate` makes.
 *
 * @param rest the cluster
 * @param model its model
 */
public record IndexCalibration(Rest rest, HashModel model) {

  private static final List<Integer> PERCENT = List.of(1, 5, 10, 20, 30);
  private static final long SEED = 1;

  /** Of more text than this a part is enough, since each is hashed once for each change. */
  private static final long MAX_CHARACTERS = 2_000_000;

  /** The measurement; empty when there are fewer than two different texts of some length. */
  public Optional<CalibrationReport> measure(List<String> texts) {
    PlantedSample sample;
    try {
      sample = PlantedSample.of(part(texts), SEED);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    List<Edit> edits = new ArrayList<>();
    for (EditKind kind : EditKind.values()) {
      PERCENT.forEach(percent -> edits.add(new Edit(kind, percent)));
    }
    Map<String, BinaryCode> codes = codes(sample, edits);
    return Optional.of(
        new CalibrationReport(
            Calibration.planted(model.bits(), sample, edits, codes::get),
            new RadiusRule(OptionalDouble.empty())));
  }

  private static List<String> part(List<String> texts) {
    List<String> part = new ArrayList<>();
    long characters = 0;
    for (String text : texts) {
      characters += text.length();
      if (characters > MAX_CHARACTERS) {
        break;
      }
      part.add(text);
    }
    return part;
  }

  private Map<String, BinaryCode> codes(PlantedSample sample, List<Edit> edits) {
    Set<String> all = new LinkedHashSet<>(sample.texts());
    edits.forEach(edit -> all.addAll(sample.edited(edit)));
    List<String> texts = List.copyOf(all);
    Map<String, BinaryCode> codes = new HashMap<>();
    List<ClusterTextHasher.TextCode> hashed = new ClusterTextHasher(rest, model).hash(texts);
    for (int i = 0; i < texts.size(); i++) {
      codes.put(texts.get(i), StampedCode.parse(hashed.get(i).code(), model.bits()).code());
    }
    return codes;
  }
}
