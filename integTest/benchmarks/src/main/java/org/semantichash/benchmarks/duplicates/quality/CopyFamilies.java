// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.duplicates.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.semantichash.hash.BinaryCode;
import org.semantichash.trainer.calibration.Edit;
import org.semantichash.trainer.calibration.PackedCodes;
import org.semantichash.trainer.calibration.PlantedSample;
import org.semantichash.trainer.calibration.RadiusCurve;
import org.semantichash.trainer.calibration.RadiusCurve.NamedCurve;

/**
 * Large corpora of texts and their changed copies, of which only the pairs of some texts with all
 * are looked at: an unbiased sample of all pairs of an original.
 */
final class CopyFamilies {

  private CopyFamilies() {}

  /**
   * Measures. Duplicates are the pairs of a text and one of its copies, other pairs are those of a
   * text with other texts and their copies.
   *
   * @param bits the width of the codes
   * @param edits each makes a copy of every text
   * @param queries numbers of the texts whose pairs are looked at
   * @param code computes the code of a text; safe for use by many threads
   * @return the curve [all] of all copies, then a curve [copies] for each rate, whose precision is
   *     that of the copies of this rate and all other pairs
   */
  static List<NamedCurve> measure(
      int bits,
      PlantedSample sample,
      List<Edit> edits,
      List<Integer> queries,
      Function<String, BinaryCode> code) {
    PackedCodes originals = PackedCodes.of(bits, sample.texts(), code);
    long[] others = originals.distancesToOthers(queries, originals);
    long[] all = new long[bits + 1];
    Map<Integer, long[]> byRate = new LinkedHashMap<>();
    for (Edit edit : edits) {
      PackedCodes copies = PackedCodes.of(bits, sample.edited(edit), code);
      add(others, originals.distancesToOthers(queries, copies));
      long[] own = originals.pairedDistances(queries, copies);
      add(all, own);
      add(byRate.computeIfAbsent(edit.percent(), rate -> new long[bits + 1]), own);
    }
    List<NamedCurve> curves = new ArrayList<>();
    curves.add(new NamedCurve("all", 0, new RadiusCurve(all, others)));
    byRate.forEach(
        (rate, own) -> curves.add(new NamedCurve("copies", rate, new RadiusCurve(own, others))));
    return curves;
  }

  private static void add(long[] sum, long[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }
}
